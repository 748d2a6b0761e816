/// Memory in which blocks are sorted, one after the other: to ask the system for it anew would cost as much as the sorting.
public struct SearchScratch: ~Copyable {
    private var from = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 0)
    private var to = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 0)
    private var text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 0)

    public init() {}

    deinit {
        from.deallocate()
        to.deallocate()
        text.deallocate()
    }

    /// Memory for what is written of some triples: each is at most a pair of its own, with two units of three bytes, how many
    /// follow, the third unit, its documents, and the one that it is. Valid until the next call.
    mutating func text(ofTriples count: Int) -> UnsafeMutableBufferPointer<UInt8> {
        let most = count * (3 + 3 + 4 + 3 + 2 + 2)
        if text.count < most {
            text.deallocate()
            text = .allocate(capacity: most + most / 8)
        }
        return text
    }

    /// Three units in the upper 48 bits, then the document's number in the block, then 0 for its title and 1 for its body: in
    /// order of units, documents of the same three in their order. Valid until the next call.
    mutating func sortedTriples(_ documents: [SearchDocument]) -> UnsafeMutableBufferPointer<UInt64> {
        let most = documents.reduce(0) { $0 + $1.title.count + $1.body.count }
        if from.count < most { grow(to: most + most / 8) }
        var count = 0
        for (number, document) in documents.enumerated() {
            count = add(document.title, UInt64(number << 1), at: count)
            count = add(document.body, UInt64(number << 1 | 1), at: count)
        }
        for shift in stride(from: UInt64(16), to: 64, by: 12) { sort(count, by: shift) }
        return UnsafeMutableBufferPointer(rebasing: from[..<count])
    }

    private mutating func grow(to count: Int) {
        from.deallocate()
        to.deallocate()
        from = .allocate(capacity: count)
        to = .allocate(capacity: count)
    }

    /// Every unit with the two behind it; nothing begins at the end, or before a space.
    private func add(_ units: [UInt16], _ low: UInt64, at start: Int) -> Int {
        units.withUnsafeBufferPointer { units in
            var place = start
            for index in 0..<max(0, units.count - 1) where units[index + 1] != 32 {
                let third = index + 2 < units.count ? units[index + 2] : 32
                from[place] = UInt64(units[index]) << 48 | UInt64(units[index + 1]) << 32 | UInt64(third) << 16 | low
                place += 1
            }
            return place
        }
    }

    /// A pass of a radix sort over twelve bits: equal ones keep their order.
    private mutating func sort(_ count: Int, by shift: UInt64) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 4097) { places in
            places.initialize(repeating: 0)
            for index in 0..<count { places[Int(from[index] >> shift & 4095) + 1] += 1 }
            for digit in 0..<4096 { places[digit + 1] += places[digit] }
            for index in 0..<count {
                let value = from[index]
                let digit = Int(value >> shift & 4095)
                to[places[digit]] = value
                places[digit] += 1
            }
        }
        swap(&from, &to)
    }
}
