import Testing

@testable import Formats

/// Sixteen bytes at a time and one at a time give the same answer, at every place and for every byte.
struct ByteSearchTests {
    private static let tests: [(word: @Sendable (ByteVector) -> ByteVector.Mask, byte: @Sendable (UInt8) -> Bool)] = [
        ({ $0.below(32) }, { $0 < 32 }), ({ $0.below(1) }, { $0 == 0 }), ({ $0.below(128) }, { $0 < 128 }),
        ({ $0.digits }, { (48...57).contains($0) }), ({ $0.equal(to: 0xEF) }, { $0 == 0xEF }),
        ({ $0.equal(to: 0x58, except: 0x20) }, { $0 == 0x58 || $0 == 0x78 }),
        ({ $0.equal(to: 0x3C, except: 0x02) }, { $0 == 0x3C || $0 == 0x3E }),
    ]

    @Test(arguments: tests.indices)
    func everyByteAtEveryPlace(_ index: Int) {
        let test = ByteSearchTests.tests[index]
        // What stands around a byte must not be carried into it.
        for around: UInt8 in [0x41, 0x7F, 0xFF] where !test.byte(around) {
            for length in [1, 2, 7, 15, 16, 17, 31, 33] {
                for place in 0..<length {
                    for byte in UInt8.min...UInt8.max {
                        var bytes = [UInt8](repeating: around, count: length)
                        bytes[place] = byte
                        let found = bytes.withUnsafeBufferPointer { $0.firstIndex(from: 0, test.word) }
                        if found != (test.byte(byte) ? place : nil) {
                            Issue.record(
                                "\(byte) at \(place) of \(length), among \(around): \(String(describing: found))")
                            return
                        }
                    }
                }
            }
        }
    }

    @Test func textsAreFoundWhereTheyStandFirst() {
        for (text, place) in [("", nil), ("a.m", nil), ("..md.md", 1), ("日.md", 3)] as [(String, Int?)] {
            #expect(Array(text.utf8).withUnsafeBufferPointer { $0.firstIndex(of: ".md") } == place, "\(text)")
        }
    }

    /// Lines end at LF, CR LF and CR, mixed in any way.
    @Test func linesOfAllKinds() {
        for text in ["", "\n", "a", "a\n", "a\nb", "a\r\nb\r", "\r\r\n\n", "a\n\rb\r\n"] {
            let source = SourceFile(path: "a", text: text)
            var expected: [String] = []
            var rest = Substring(text)
            while let first = rest.first {
                let line = rest.prefix { !$0.isNewline }
                expected.append(String(line))
                rest = rest.dropFirst(line.count + 1)
                _ = first
            }
            #expect(source.lines().map(source.text) == expected, "\(text.debugDescription)")
        }
    }
}
