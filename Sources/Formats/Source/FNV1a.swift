/// A short checksum (Fowler, Noll and Vo’s FNV-1a, 64 bits): it tells accidental changes, not deliberate ones.
public struct FNV1a: Sendable {
    public var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    @inlinable public init() {}

    @inlinable public mutating func mix(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
}
