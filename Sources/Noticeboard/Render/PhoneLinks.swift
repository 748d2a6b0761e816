import Formats

/// Makes the published telephone numbers in a text ones that can be called by touching them.
struct PhoneLinks: Sendable {
    /// Numbers of contacts and offices, as bytes.
    private let numbers: [[UInt8]]

    init(_ organisation: Organisation) {
        let phones = organisation.contacts.map(\.phone) + organisation.offices.compactMap(\.phone)
        numbers = Set(phones).sorted().map { Array($0.utf8) }
    }

    /// The same HTML with links around the numbers that stand in its text, outside of other links.
    func added(to markup: Markup) -> Markup {
        let found = numbers.isEmpty ? [] : places(in: markup.bytes)
        if found.isEmpty { return markup }
        var result = Markup()
        var (copied, slots) = (0, markup.slots[...])
        func copy(to end: Int) {
            while let slot = slots.first, slot.offset <= end {
                result.slots.append(.init(offset: slot.offset - copied + result.bytes.count, address: slot.address))
                slots.removeFirst()
            }
            result.bytes += markup.bytes[copied..<end]
            copied = end
        }
        for place in found {
            copy(to: place.lowerBound)
            result.bytes += "<a href=\"tel:".utf8
            result.bytes += markup.bytes[place]
            result.bytes += "\">".utf8
            copy(to: place.upperBound)
            result.bytes += "</a>".utf8
        }
        copy(to: markup.bytes.count)
        return result
    }
}

extension PhoneLinks {
    private func places(in html: [UInt8]) -> [Range<Int>] {
        html.withUnsafeBufferPointer { html in
            var places: [Range<Int>] = []
            var index = 0
            var tags = TagCursor(html)
            while let start = html.firstIndex(from: index, { $0.digits }) {
                index = start + 1
                if start == 0 || !isPart(html[start - 1]), let end = end(of: html, start), tags.isText(start) {
                    places.append(start..<end)
                    index = end
                }
            }
            return places
        }
    }

    /// Where the number that begins here ends; nil where it is none of ours.
    private func end(of html: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        for number in numbers where start + number.count <= html.count {
            let end = start + number.count
            if html[start..<end].elementsEqual(number), end == html.count || !isPart(html[end]) { return end }
        }
        return nil
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    private func isPart(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "-") }
}

/// Goes along the tags of HTML of our own making, in which signs that are none of HTML's are written as references.
private struct TagCursor {
    private let html: UnsafeBufferPointer<UInt8>
    /// Where the next tag begins, and where the last one ended.
    private var next: Int
    private var end = 0
    private var isInLink = false

    init(_ html: UnsafeBufferPointer<UInt8>) {
        self.html = html
        next = html.firstIndex(of: UInt8(ascii: "<"), from: 0) ?? html.count
    }

    /// Whether a place is in no tag, and in no link; places are asked for in their order.
    mutating func isText(_ place: Int) -> Bool {
        while next < place {
            let name = html[next...].dropFirst().prefix(2)
            if name.elementsEqual("a ".utf8) { isInLink = true }
            if name.elementsEqual("/a".utf8) { isInLink = false }
            end = html.firstIndex(of: UInt8(ascii: ">"), from: next) ?? html.count
            next = html.firstIndex(of: UInt8(ascii: "<"), from: end) ?? html.count
        }
        return place >= end && !isInLink
    }
}
