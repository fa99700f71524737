// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

let modules = [
    "Determinism", "TradingModel", "MarketData", "Indicators", "Accounting", "Strategies", "RiskControl", "Execution",
    "TradingEngine", "Backtesting", "Analysis", "Storage", "WorkflowModel", "TaskQueues", "WorkflowEngine",
    "TradingStore", "WorkflowStore",
    "TradingDesk", "ReferenceBars", "ScratchFolders",
]

let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "bellwether", path: "..")],
    targets: [
        .target(name: "AllocationCounter", path: "Sources/AllocationCounter"),
        .executableTarget(
            name: "Measurements",
            dependencies: modules.map { .product(name: $0, package: "bellwether") } + ["AllocationCounter"],
            path: "Sources/Measurements",
            swiftSettings: settings
        ),
    ],
    swiftLanguageModes: [.v6]
)
