import Foundation

// Writes Swift code that holds files: EmbedAssetsTool FOLDER OUTPUT FILE…
//
// Each file is one string literal, which compiles at once, where an array of bytes takes a minute. Files that are not
// text are written in base64.

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
    FileHandle.standardError.write(Data("usage: EmbedAssetsTool FOLDER OUTPUT FILE…\n".utf8))
    exit(2)
}

/// A literal without interpolation and line breaks.
func literal(_ text: String) -> String {
    var written = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": written += "\\\""
        case "\\": written += "\\\\"
        case "\n": written += "\\n"
        case "\r": written += "\\r"
        case "\t": written += "\\t"
        case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value > 0x7E:
            written += "\\u{\(String(scalar.value, radix: 16))}"
        default: written.unicodeScalars.append(scalar)
        }
    }
    return written + "\""
}

/// A file as an element of the list.
func element(_ path: String, _ data: Data) -> String {
    if let text = String(validating: data, as: UTF8.self) {
        return "        EmbeddedFile(path: \(literal(path)), text: \(literal(text))),"
    }
    return "        EmbeddedFile(path: \(literal(path)), base64: \(literal(data.base64EncodedString()))),"
}

let folder = arguments[1].hasSuffix("/") ? arguments[1] : arguments[1] + "/"
var lines = ["enum EmbeddedFiles {", "    static let all: [EmbeddedFile] = ["]
for file in arguments.dropFirst(3) where file.hasPrefix(folder) {
    guard let data = FileManager.default.contents(atPath: file) else {
        FileHandle.standardError.write(Data("\(file) cannot be read\n".utf8))
        exit(1)
    }
    lines.append(element(String(file.dropFirst(folder.count)), data))
}
lines += ["    ]", "}", ""]
do {
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: arguments[2]))
} catch {
    FileHandle.standardError.write(Data("\(arguments[2]) cannot be written: \(error)\n".utf8))
    exit(1)
}
