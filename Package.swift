// swift-tools-version: 6.2
import PackageDescription

// The architecture, bottom to top. A module may use only modules written above it, and only
// from the layers its own layer names. `checked` enforces both whenever the package is loaded.
let architecture: [Module] = [
    // CLibraries: Debian's C libraries, one module map each.
    .system("CSQLite", package: "sqlite3", apt: "libsqlite3-dev"),
    .system("CZlib", package: "zlib", apt: "zlib1g-dev"),
    .system("CZip", package: "libzip", apt: "libzip-dev"),
    .system("CYAML", package: "yaml-0.1", apt: "libyaml-dev"),
    .system("CCrypto", package: "libcrypto", apt: "libssl-dev"),
    .system("CWebSockets", package: "libwebsockets", apt: "libwebsockets-dev"),
    .system("CCurl", package: "libcurl", apt: "libcurl4-openssl-dev"),

    // Foundations: the doors to time, chance and identity. Everything may use them.
    .library("Determinism", in: .foundations),

    // Platform: machinery. Knows nothing of workflows or trading.
    .library("Configuration", in: .platform, uses: ["CYAML"]),
    .library("Storage", in: .platform, uses: ["CSQLite", "CCrypto", "Determinism"]),
    .library("Networking", in: .platform, uses: ["CWebSockets", "CCurl", "CZlib", "CCrypto", "Determinism"]),
    .library("Telemetry", in: .platform, uses: ["Determinism", "Storage"]),

    // Workflow: durable orchestration. Knows nothing of trading.
    .library("WorkflowModel", in: .workflow, uses: ["Configuration", "Determinism"]),
    .library("WorkflowDocuments", in: .workflow, uses: ["Configuration", "Determinism", "WorkflowModel"]),
    .library("Triggers", in: .workflow, uses: ["Determinism", "Configuration", "Storage", "WorkflowModel"]),
    .library("TaskQueues", in: .workflow, uses: ["Determinism", "WorkflowModel"]),
    .library("WorkflowEngine", in: .workflow, uses: ["Determinism", "WorkflowModel", "Triggers", "TaskQueues"]),

    // Trading: the market's way through the system. Pure and synchronous.
    .library("TradingModel", in: .trading, uses: ["Determinism"]),
    .library("MarketData", in: .trading, uses: ["Determinism", "TradingModel"]),
    .library("Indicators", in: .trading, uses: ["Determinism", "TradingModel"]),
    .library("Accounting", in: .trading, uses: ["Determinism", "TradingModel"]),
    .library("Analysis", in: .trading, uses: ["Determinism", "TradingModel", "Indicators", "Accounting"]),
    .library("Strategies", in: .trading, uses: ["Determinism", "TradingModel", "Indicators", "Accounting"]),
    .library("RiskControl", in: .trading, uses: ["Determinism", "TradingModel", "Accounting"]),
    .library("Execution", in: .trading, uses: ["Determinism", "TradingModel", "RiskControl"]),
    .library(
        "TradingEngine", in: .trading,
        uses: ["Determinism", "TradingModel", "Accounting", "Strategies", "RiskControl", "Execution"]),
    .library(
        "Backtesting", in: .trading,
        uses: [
            "Determinism", "TradingModel", "MarketData", "Indicators", "Accounting", "Strategies", "RiskControl",
            "Execution", "TradingEngine",
        ]),

    // Adapters: the world outside, each one behind a protocol a layer above this line owns.
    .library(
        "TradingStore", in: .adapters,
        uses: ["CZlib", "CZip", "Determinism", "Storage", "TradingModel", "MarketData"]),
    .library(
        "WorkflowStore", in: .adapters,
        uses: ["Determinism", "Storage", "WorkflowModel", "TaskQueues", "WorkflowEngine"]),

    // Product: the only layer where workflows, trading and adapters meet.
    .library(
        "TradingDesk", in: .product,
        uses: [
            "Determinism", "Configuration", "Storage", "WorkflowModel", "WorkflowDocuments", "Triggers",
            "TaskQueues", "WorkflowEngine", "TradingModel", "MarketData", "Indicators", "Accounting", "Analysis",
            "Strategies", "RiskControl", "Execution", "TradingEngine", "Backtesting",
        ]),
    // Every command and query once; faces are made from it.
    .library(
        "DeskCommands", in: .product,
        uses: [
            "Determinism", "Storage", "WorkflowModel", "WorkflowDocuments", "Triggers", "TaskQueues",
            "WorkflowEngine", "TradingModel", "MarketData", "Indicators", "Accounting", "Analysis", "RiskControl",
            "Execution", "TradingEngine", "Backtesting", "TradingDesk",
        ]),
    // Who may call: keys, browser sessions, what was called, what waits for a person.
    .library("Access", in: .product, uses: ["Determinism", "Storage", "WorkflowModel", "DeskCommands"]),
    // The desk as a model's tools.
    .library(
        "MCP", in: .product, uses: ["Determinism", "Storage", "Networking", "WorkflowModel", "DeskCommands"]),
    // The desk over HTTP and WebSocket; the dashboard's files are put into its code.
    .library(
        "Server", in: .product,
        uses: [
            "Determinism", "Configuration", "Storage", "Networking", "Telemetry", "WorkflowModel", "Triggers",
            "DeskCommands", "Access",
        ], embeds: "Dashboard"),
    .executable(
        "CLI", in: .product,
        uses: [
            "Determinism", "Configuration", "Storage", "WorkflowModel", "WorkflowDocuments", "Triggers", "TaskQueues",
            "WorkflowEngine", "TradingModel", "MarketData",
            "Indicators",
            "Accounting", "Analysis", "Strategies", "RiskControl", "Execution", "TradingEngine", "Backtesting",
            "TradingStore", "WorkflowStore", "TradingDesk", "DeskCommands", "Access", "MCP", "Server",
        ]),
]

// What tests share; no product module may use these.
let kits: [Module] = [
    .library("SharedData", in: .kits),
    .library("ReferenceBars", in: .kits, uses: ["Determinism", "TradingModel"]),
    .library("ScratchFolders", in: .kits),
    .library("SocketClients", in: .kits),
    .library("Gunzip", in: .kits, uses: ["CZlib"]),
    .library(
        "BrokerConformance", in: .kits,
        uses: ["Determinism", "TradingModel", "Accounting", "RiskControl", "Execution"]),
    .library("JournalConformance", in: .kits, uses: ["Determinism", "WorkflowModel", "WorkflowEngine"]),
    .library("WorkflowCrash", in: .kits, uses: ["Determinism", "WorkflowModel", "TaskQueues", "WorkflowEngine"]),
    .library("QueueConformance", in: .kits, uses: ["Determinism", "WorkflowModel", "TaskQueues"]),
    .library("WorkflowKills", in: .kits, uses: ["WorkflowModel"]),
    // A process to be killed; tests start it and cannot import it.
    .executable(
        "WorkflowWorker", in: .kits,
        uses: [
            "Determinism", "Storage", "WorkflowModel", "TaskQueues", "WorkflowEngine", "WorkflowStore", "WorkflowKills",
        ]),
]

// What runs while the package is built.
let buildTools: [Target] = [
    .plugin(name: "EmbedAssets", capability: .buildTool(), dependencies: ["EmbedAssetsTool"]),
    .executableTarget(name: "EmbedAssetsTool", path: "Plugins/EmbedAssetsTool"),
]

let package = Package(
    name: "bellwether",
    products: [.executable(name: "bellwether", targets: ["CLI"])] + (architecture + kits).compactMap(\.product),
    targets: checked(architecture).flatMap(\.targets) + kits.map(\.kitTarget) + buildTools,
    swiftLanguageModes: [.v6]
)

// MARK: - How the list above becomes targets

struct Module {
    enum Layer: String {
        case libraries = "CLibraries"
        case foundations = "Foundations"
        case platform = "Platform"
        case workflow = "Workflow"
        case trading = "Trading"
        case intelligence = "Intelligence"
        case adapters = "Adapters"
        case product = "Product"
        case kits = "Kits"

        var mayUse: Set<Layer> {
            switch self {
            case .libraries, .foundations: []
            case .platform: [.libraries, .foundations, .platform]
            case .workflow: [.foundations, .platform, .workflow]
            case .trading: [.foundations, .trading]
            case .intelligence: [.libraries, .foundations, .platform, .trading, .intelligence]
            case .adapters: [.libraries, .foundations, .platform, .workflow, .trading]
            case .kits: Set([.foundations, .platform, .workflow, .trading, .adapters])
            case .product: [.foundations, .platform, .workflow, .trading, .intelligence, .adapters, .product]
            }
        }
    }

    enum Kind {
        case library
        case executable
        case system(pkgConfig: String, apt: String)
    }

    let name: String
    let layer: Layer
    let kind: Kind
    let uses: [String]
    /// A folder of the module whose files are put into its code.
    var embeds: String?

    static func library(
        _ name: String, in layer: Layer, uses: [String] = [], embeds: String? = nil
    ) -> Module {
        Module(name: name, layer: layer, kind: .library, uses: uses, embeds: embeds)
    }

    static func executable(_ name: String, in layer: Layer, uses: [String] = []) -> Module {
        Module(name: name, layer: layer, kind: .executable, uses: uses)
    }

    static func system(_ name: String, package pkgConfig: String, apt: String) -> Module {
        Module(name: name, layer: .libraries, kind: .system(pkgConfig: pkgConfig, apt: apt), uses: [])
    }

    var isLibrary: Bool {
        if case .library = kind { true } else { false }
    }

    var product: Product? {
        guard isLibrary else { return nil }
        return .library(name: name, targets: [name])
    }

    var targets: [Target] {
        let dependencies = uses.map(Target.Dependency.init(stringLiteral:))
        let path = "Sources/\(layer.rawValue)/\(name)"
        let settings = Module.settings + optimisation
        switch kind {
        case .system(let pkgConfig, let apt):
            return [.systemLibrary(name: name, path: path, pkgConfig: pkgConfig, providers: [.apt([apt])])]
        case .library:
            return [
                .target(
                    name: name, dependencies: dependencies, path: path, exclude: embeds.map { [$0] } ?? [],
                    swiftSettings: settings, plugins: embeds == nil ? [] : ["EmbedAssets"]), tests,
            ]
        case .executable:
            return [
                .executableTarget(name: name, dependencies: dependencies, path: path, swiftSettings: settings), tests,
            ]
        }
    }

    private var tests: Target {
        .testTarget(
            name: "\(name)Tests",
            dependencies: (uses + [name] + kits.filter(\.isLibrary).map(\.name)).map(
                Target.Dependency.init(stringLiteral:)),
            path: "Tests/\(layer.rawValue)/\(name)Tests",
            swiftSettings: Module.settings
        )
    }

    var kitTarget: Target {
        let dependencies = uses.map(Target.Dependency.init(stringLiteral:))
        let path = "Tests/Kits/\(name)"
        return isLibrary
            ? .target(name: name, dependencies: dependencies, path: path, swiftSettings: Module.settings)
            : .executableTarget(name: name, dependencies: dependencies, path: path, swiftSettings: Module.settings)
    }

    /// Release builds open the trading path to optimisation across modules: it is generic over the
    /// strategy and would otherwise be called through witness tables (four times slower, measured).
    private var optimisation: [SwiftSetting] {
        switch layer {
        case .foundations, .trading:
            [
                .unsafeFlags(
                    ["-cross-module-optimization", "-Xllvm", "-cmo-function-size-limit=400"],
                    .when(configuration: .release))
            ]
        default: []
        }
    }

    static var settings: [SwiftSetting] {
        [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            .treatAllWarnings(as: .error),
        ]
    }
}

func checked(_ modules: [Module]) -> [Module] {
    var written: [String: Module.Layer] = [:]
    for module in modules {
        for used in module.uses {
            guard let layer = written[used] else {
                fatalError("\(module.name) uses \(used), which is not written above it")
            }
            guard module.layer.mayUse.contains(layer) else {
                fatalError("\(module.name) (\(module.layer)) may not use \(used) (\(layer))")
            }
        }
        written[module.name] = module.layer
    }
    return modules
}
