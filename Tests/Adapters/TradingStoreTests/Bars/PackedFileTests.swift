import CZip
import CZlib
import Foundation
import Testing
import TradingStore

@Suite struct PackedFileTests {
    private let text = Array(String(repeating: "2020-01-01,1,2,1,2,5\n", count: 5000).utf8)

    private func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(
            &stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count + 1000)
        let room = output.count
        input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(room)
                deflate(&stream, Z_FINISH)
            }
        }
        return Array(output[..<(room - Int(stream.avail_out))])
    }

    private func zip(_ path: String, _ files: [String], password: String? = nil) throws {
        var code: Int32 = 0
        let archive = try #require(zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code))
        for name in files {
            let copy = UnsafeMutableRawPointer.allocate(byteCount: text.count, alignment: 1)
            text.withUnsafeBytes { if let base = $0.baseAddress { copy.copyMemory(from: base, byteCount: text.count) } }
            let source = try #require(zip_source_buffer(archive, copy, UInt64(text.count), 0))
            let index = zip_file_add(archive, name, source, 0)
            if let password { zip_file_set_encryption(archive, UInt64(index), UInt16(ZIP_EM_AES_256), password) }
        }
        #expect(zip_close(archive) == 0)
    }

    private func failure(_ path: String, limit: Int = 1 << 30) -> FileError? {
        do {
            _ = try PackedFile.read(path, limit: limit)
            return nil
        } catch {
            return error
        }
    }

    @Test func `plain, gzip of two members and zip give the same bytes`() throws {
        let home = try TemporaryHome()
        #expect(try PackedFile.read(home.write("a", text)).bytes == text)
        #expect(try PackedFile.read(home.write("b", gzip(text))).packing == .gzip)
        #expect(try PackedFile.read(home.write("c", gzip(text) + gzip(text))).bytes == text + text)
        try zip(home.path + "/d.csv", ["inner.csv"])
        let unzipped = try PackedFile.read(home.path + "/d.csv")
        #expect(unzipped.bytes == text)
        #expect(unzipped.innerName == "inner.csv")
    }

    @Test func `a gzip cut off anywhere is truncated`() throws {
        let home = try TemporaryHome()
        let packed = gzip(text)
        for length in stride(from: 2, to: packed.count, by: 13) {
            #expect(failure(try home.write("cut.gz", Array(packed[..<length])))?.code == .truncated)
        }
    }

    @Test func `a changed byte in gzip data is found`() throws {
        let home = try TemporaryHome()
        for place in [40, 60, gzip(text).count - 6, gzip(text).count - 2] {
            var packed = gzip(text)
            packed[place] ^= 0x10
            let code = failure(try home.write("bad.gz", packed))?.code
            #expect(code == .corrupt || code == .truncated)
        }
        #expect(failure(try home.write("tail.gz", gzip(text) + [1, 2, 3]))?.code == .corrupt)
    }

    @Test func `more than the limit is refused, packed in any way`() throws {
        let home = try TemporaryHome()
        let bomb = gzip([UInt8](repeating: 65, count: 5_000_000))
        #expect(bomb.count < 10_000)
        #expect(failure(try home.write("bomb.gz", bomb), limit: 1 << 20)?.code == .tooLarge)
        #expect(failure(try home.write("plain", text), limit: 1000)?.code == .tooLarge)
        try zip(home.path + "/big.zip", ["a.csv"])
        #expect(failure(home.path + "/big.zip", limit: 5000)?.code == .tooLarge)
        #expect(failure(home.path + "/big.zip", limit: text.count) == nil)
    }

    @Test func `zips of several files, of none, encrypted or cut off are refused`() throws {
        let home = try TemporaryHome()
        try zip(home.path + "/two.zip", ["a.csv", "b.csv"])
        #expect(failure(home.path + "/two.zip")?.code == .notOneFile)
        try zip(home.path + "/secret.zip", ["a.csv"], password: "x")
        #expect(failure(home.path + "/secret.zip")?.code == .encrypted)
        try zip(home.path + "/one.zip", ["a.csv"])
        let whole = try PackedFile.read(
            try home.write("copy", Array(Data(contentsOf: URL(fileURLWithPath: home.path + "/one.zip"))))
        ).bytes
        #expect(whole == text)
        var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: home.path + "/one.zip")))
        bytes[60] ^= 0xFF
        #expect(failure(try home.write("flip.zip", bytes))?.code == .corrupt)
        #expect(failure(try home.write("cut.zip", Array(bytes[..<100])))?.code == .corrupt)
    }

    @Test func `missing files, folders and devices are named`() throws {
        let home = try TemporaryHome()
        #expect(failure(home.path + "/none.csv")?.code == .missing)
        #expect(failure(home.path)?.code == .notAFile)
        #expect(failure("/dev/null")?.code == .notAFile)
        #expect(failure(home.path + "/none.csv")?.message.contains("none.csv") == true)
    }
}
