#!/usr/bin/env python3
"""Judges an OpenAPI document by the validators that others use: judge_openapi.py FILE

Prints what is wrong and ends with 1, or says how much was looked at. FILE is what GET /openapi.json answers.
"""
import json
import sys

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012


def schemas(node, place="#"):
    """Every schema of the document, with the place where it stands."""
    if isinstance(node, dict):
        for name, inner in node.items():
            here = f"{place}/{name}"
            if name == "schema":
                yield here, inner
            elif place == "#/components/schemas":
                yield here, inner
            yield from schemas(inner, here)
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from schemas(inner, f"{place}/{index}")


def examples(node, place="#"):
    """Every example that stands beside its schema."""
    if isinstance(node, dict):
        if "schema" in node and "example" in node:
            yield place, node["schema"], node["example"]
        for name, inner in node.items():
            yield from examples(inner, f"{place}/{name}")
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from examples(inner, f"{place}/{index}")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        document = json.load(file)
    faults = [str(error.message) for error in OpenAPIV31SpecValidator(document).iter_errors()]
    looked = shown = 0
    for place, schema in schemas(document):
        looked += 1
        for error in Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(schema):
            faults.append(f"{place}: {error.message}")
    resource = Resource(contents=document, specification=DRAFT202012)
    registry = Registry().with_resource("", resource)
    for place, schema, example in examples(document):
        shown += 1
        for error in Draft202012Validator(schema, registry=registry).iter_errors(example):
            faults.append(f"{place}: the example does not fit: {error.message}")
    for fault in faults:
        print(fault)
    operations = sum(len(item) for item in document["paths"].values())
    print(f"{operations} operations, {looked} schemas, {shown} examples, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
