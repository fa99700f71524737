import Foundation
public import MarketData
public import TradingModel

/// Bars on disk: one memory-mapped file for each instrument and length, under `<home>/bars/<symbol>/`.
///
/// Reading needs no lock: files are replaced as a whole. Writing holds a lock on the folder and refuses where another
/// process holds it.
public struct BarStore: Sendable {
    let home: String

    /// `<home>/bars`.
    var folder: String { home + "/bars" }

    /// The store of a home folder, made where it is absent; temporary files that a crash left are removed.
    public static func open(home: String) throws -> BarStore {
        let store = BarStore(home: home)
        try AtomicFile.makeFolder(store.folder)
        store.removeLeftovers()
        return store
    }

    /// Every stored series, ascending by symbol and length; throws where a file is damaged.
    public func list() throws -> [BarListing] {
        try keys().map { try listing($0) }
    }

    /// One entry of the list; throws where its file is damaged.
    public func listing(_ key: BarKey) throws -> BarListing {
        let (info, series) = try load(key)
        return BarListing(key: key, info: info, count: series.count, first: series.first?.start, last: series.last?.end)
    }

    /// The keys of all stored series, from the names of the files alone, ascending.
    public func keys() throws -> [BarKey] {
        try symbols().flatMap { name, symbol in
            let files = try BarStore.files(in: folder + "/" + name)
            return files.compactMap { BarStore.key(symbol, file: $0) }
        }.sorted()
    }

    /// The folders of instruments, in the order of the disk.
    func symbols() throws -> [(folder: String, symbol: Symbol)] {
        guard access(folder, R_OK | X_OK) == 0 else { throw FileError.system("read", folder) }
        return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { name in
            guard !name.hasPrefix("."), let symbol = BarStore.symbol(escaped: name) else { return nil }
            return (name, symbol)
        }
    }

    /// What is known of a stored series.
    public func info(_ key: BarKey) throws -> BarFileInfo {
        try load(key).info
    }

    /// The bars of a series as they are stored, mapped into memory and checked against their checksums.
    public func series(_ key: BarKey) throws -> BarSeries {
        try load(key).series
    }

    /// The bars of a series with prices brought from their stored basis to another, once.
    public func series(_ key: BarKey, adjustedTo basis: PriceBasis) throws -> BarSeries {
        let (info, series) = try load(key)
        let actions = try actions(key.symbol)
        return BarSeries(try BarStore.adjusted(series.columns, actions, info.basis, basis, name: key.name))
    }

    static func adjusted(
        _ bars: BarColumns, _ actions: [CorporateAction], _ basis: PriceBasis?, _ target: PriceBasis, name: String
    ) throws(BarStoreError) -> BarColumns {
        do {
            return try PriceAdjustment.adjusted(bars, by: actions, from: basis, to: target)
        } catch {
            throw BarStoreError(.adjustment, "\(name): \(error.message)")
        }
    }

    /// Dividends and splits of an instrument, ascending by date; none where none were imported.
    public func actions(_ symbol: Symbol) throws -> [CorporateAction] {
        let path = actionsPath(symbol)
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let bytes = try PlainFile.read(path, limit: PackedFile.usualLimit)
        do {
            return try JSONDecoder().decode([CorporateAction].self, from: Data(bytes))
        } catch {
            throw BarStoreError(.damaged, "\(path) is damaged: remove it and import again")
        }
    }

    /// Removes the bars of a series from the disk; its dividends and splits stay.
    public func remove(_ key: BarKey) throws {
        try FolderLock.hold(folder) {
            guard unlink(path(key)) == 0 else {
                throw BarStoreError(.missing, "there are no bars \(key.name)")
            }
        }
    }

    // MARK: - Files

    func load(_ key: BarKey) throws -> (info: BarFileInfo, series: BarSeries) {
        guard let loaded = try loadIfPresent(key) else {
            throw BarStoreError(.missing, "there are no bars \(key.name): import some first")
        }
        return loaded
    }

    func loadIfPresent(_ key: BarKey) throws -> (info: BarFileInfo, series: BarSeries)? {
        let path = path(key)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let mapped = try MappedColumns(path)
        let memory = BarMemory(base: mapped.columns, count: mapped.header.rows, release: mapped.release)
        guard mapped.header.columns == 7,
            let info = try? JSONDecoder().decode(BarFileInfo.self, from: Data(mapped.description))
        else {
            throw BarStoreError(.damaged, "\(path) is damaged: its description cannot be read")
        }
        return (info, BarSeries(memory))
    }

    func path(_ key: BarKey) -> String {
        let kind = key.kind == .trades ? "" : ".\(key.kind.rawValue)"
        return "\(symbolFolder(key.symbol))/\(key.length)\(kind).bars"
    }

    func symbolFolder(_ symbol: Symbol) -> String { folder + "/" + BarStore.escaped(symbol) }

    func actionsPath(_ symbol: Symbol) -> String { symbolFolder(symbol) + "/actions.json" }

    /// A symbol as a folder's name: what is not a letter, digit, dash or underscore is `%` and two hex digits.
    static func escaped(_ symbol: Symbol) -> String {
        symbol.name.utf8.map { byte -> String in
            switch byte {
            case 48...57, 65...90, 97...122, 45, 95: String(UnicodeScalar(byte))
            default: "%" + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }

    static func symbol(escaped name: String) -> Symbol? {
        name.removingPercentEncoding.flatMap(Symbol.init)
    }

    static func key(_ symbol: Symbol, file: String) -> BarKey? {
        let parts = file.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.last == "bars", let length = BarLength(String(parts[0])) else { return nil }
        switch parts.count {
        case 2: return BarKey(symbol, length)
        case 3: return BarKind(rawValue: String(parts[1])).map { BarKey(symbol, length, $0) }
        default: return nil
        }
    }

    private static func files(in folder: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw BarStoreError(.damaged, "\(folder) cannot be read: \(error.localizedDescription)")
        }
    }

    /// A file that a crash left half written is never read; here it is removed, unless somebody is writing.
    ///
    /// One that cannot be removed costs its place on the disk, nothing else.
    private func removeLeftovers() {
        try? FolderLock.hold(folder) {
            let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            for name in names where name.hasSuffix(".tmp") && (name.split(separator: "/").last ?? "").hasPrefix(".") {
                unlink(folder + "/" + name)
            }
        }
    }
}
