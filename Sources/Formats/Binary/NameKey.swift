/// A name as numbers, which are compared in its place. Names of up to sixteen bytes are told apart by them, longer ones by a
/// fingerprint.
struct NameKey: Equatable, Sendable, BitwiseCopyable {
    private let first: UInt64
    private let last: UInt64
    private let count: Int

    init(_ name: String) {
        var name = name
        self = name.withUTF8 { NameKey(UnsafeRawBufferPointer($0)) }
    }

    private init(_ bytes: UnsafeRawBufferPointer) {
        count = bytes.count
        switch count {
        case ..<8: (first, last) = (eightBytes(bytes, 0, count), 0)
        case ...16:
            first = bytes.loadUnaligned(as: UInt64.self)
            last = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        default: (first, last) = (Fingerprint(bytes).value, 0)
        }
    }
}
