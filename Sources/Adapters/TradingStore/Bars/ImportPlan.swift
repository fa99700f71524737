public import MarketData

/// How files are to be imported.
public struct ImportPlan: Sendable {
    /// What happens to a file with bad rows.
    public enum BadRowPolicy: String, Sendable, Hashable, Codable {
        /// Nothing of it is imported.
        case refuse
        /// Its good rows are imported, the bad ones are listed in a file under `<home>/quarantine`.
        case quarantine
    }

    /// What the caller knows of the files.
    public var options = ImportOptions()
    /// What happens to files with bad rows.
    public var badRows = BadRowPolicy.refuse
    /// Whether new bars take the place of stored ones that differ.
    public var replace = false
    /// What prices are to be adjusted to before they are stored; nil leaves them as they are.
    public var adjustTo: PriceBasis?
    /// The most bytes a file may hold unpacked.
    public var sizeLimit = PackedFile.usualLimit

    /// The usual plan: refuse bad rows, replace nothing, adjust nothing.
    public init() {}
}

/// How far an import has come.
public struct ImportProgress: Sendable, Hashable {
    /// Files that are done.
    public let done: Int
    /// Files in all.
    public let total: Int
    /// The file that is next; nil at the end.
    public let file: String?
}
