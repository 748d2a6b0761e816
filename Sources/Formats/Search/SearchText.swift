/// Text as it is searched: what people type and what pages say, made alike. `templates/assets/search.js` does the same in
/// the browser; `Tests/Search/vectors.json` holds both to it.
///
/// Letters of Chinese and most other scripts stand as they are, traditional ones as simplified. Latin letters and digits are
/// lower case and of half width, and each run of them begins with a space, so that whoever types a word's beginning finds it.
/// Blanks vanish; other signs between letters become one space, across which nothing is found.
public struct SearchText: Sendable {
    public private(set) var units: [UInt16] = []
    private var isInWord = false
    private var isBroken = false

    private static let space: UInt16 = 32

    public init() {}

    /// The text of one string, with a space behind it.
    public init(_ text: String) {
        add(text)
    }

    /// Adds text and ends it: nothing is found across its end.
    public mutating func add(_ text: String) {
        SearchFolding.table.withUnsafeBufferPointer { table in
            for unit in text.utf16 { add(unit, table) }
        }
        end()
    }

    /// Adds the text of HTML that our own renderer wrote.
    public mutating func add(html: [UInt8]) {
        units.reserveCapacity(units.count + html.count / 2)
        SearchFolding.table.withUnsafeBufferPointer { table in
            html.withUnsafeBufferPointer { add($0, table) }
        }
        end()
    }

    private mutating func end() {
        isInWord = false
        isBroken = false
        if units.last != SearchText.space { units.append(SearchText.space) }
    }
}

extension SearchText {
    private mutating func add(_ html: UnsafeBufferPointer<UInt8>, _ table: UnsafeBufferPointer<UInt16>) {
        var index = 0
        while index < html.count {
            switch html[index] {
            case UInt8(ascii: "<"): index = skipTag(html, index)
            case UInt8(ascii: "&"): index = skipReference(html, index)
            case let byte where byte < 0x80:
                add(UInt16(byte), table)
                index += 1
            default:
                let (unit, next) = SearchText.unit(html, index)
                add(unit, table)
                index = next
            }
        }
    }

    @inline(__always)
    private mutating func add(_ unit: UInt16, _ table: UnsafeBufferPointer<UInt16>) {
        let folded = table[Int(unit)]
        if folded > SearchFolding.other {
            let isLatin = SearchFolding.isLatin(folded)
            if isLatin ? !isInWord : isBroken, units.last != SearchText.space, isLatin || !units.isEmpty {
                units.append(SearchText.space)
            }
            (isInWord, isBroken) = (isLatin, false)
            units.append(folded)
        } else {
            isInWord = false
            if folded == SearchFolding.other { isBroken = true }
        }
    }

    /// The unit that stands at an index, and where the next one begins. Beyond the basic plane there are rare characters and
    /// pictures: signs, as two units are in the browser.
    @inline(__always)
    private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> (UInt16, next: Int) {
        let first = UInt16(bytes[index])
        if first < 0xE0 {
            guard index + 1 < bytes.count else { return (0xD800, bytes.count) }
            return ((first & 0x1F) << 6 | UInt16(bytes[index + 1] & 0x3F), index + 2)
        }
        guard first < 0xF0, index + 2 < bytes.count else { return (0xD800, min(index + 4, bytes.count)) }
        return (first << 12 | UInt16(bytes[index + 1] & 0x3F) << 6 | UInt16(bytes[index + 2] & 0x3F), index + 3)
    }

    /// Marks within a line separate nothing; blocks do.
    private mutating func skipTag(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var end = start + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: ">") { end += 1 }
        var name = start + 1
        if name < end, bytes[name] == UInt8(ascii: "/") { name += 1 }
        if !SearchText.isWithinLine(bytes, name, end) { isBroken = true; isInWord = false }
        return end + 1
    }

    private static func isWithinLine(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var stop = start
        while stop < end, bytes[stop] != 32, bytes[stop] != UInt8(ascii: "/") { stop += 1 }
        let name = UnsafeBufferPointer(rebasing: bytes[start..<stop])
        return ["a", "em", "strong", "code", "img", "br"].contains { name.elementsEqual($0.utf8) }
    }

    /// Our renderer writes references for signs only: & < > ".
    private mutating func skipReference(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        (isInWord, isBroken) = (false, true)
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: ";") { end += 1 }
        return end + 1
    }
}
