/// Reads the bytes of a file of market data, however it is written.
public struct MarketDataReader: Sendable {
    private let options: ImportOptions
    private let context: ImportContext

    /// A reader with what the caller knows.
    public init(_ options: ImportOptions = ImportOptions(), _ context: ImportContext = ImportContext()) {
        self.options = options
        self.context = context
    }

    /// The rows of a file.
    ///
    /// `path` is where the file lies: its name and folders tell symbol, day and class where nothing else does.
    public func read(_ bytes: [UInt8], path: String) throws(ImportError) -> ParsedFile {
        try bytes.withUnsafeBufferPointer { (buffer) throws(ImportError) -> ParsedFile in
            let reading = FileReading(path: path, options: options, context: context)
            return try reading.read(buffer)
        }
    }
}
