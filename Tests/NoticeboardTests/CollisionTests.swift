import Formats
import Testing

@testable import Noticeboard

/// Routes that some disk or stick takes for the same file, and routes that none does.
@Suite struct CollisionTests {
    @Test(arguments: [
        (["a.html", "b.html"], []), (["a.html", "a.html"], ["a.html"]), (["A.html", "a.html", "b.html"], ["A.html"]),
        (["1.html", "10.html", "1a.html"], []), (["notices/甲.html", "notices/乙.html"], []),
        // One letter, and a letter with a mark behind it.
        (["e\u{301}.html", "\u{E9}.html"], ["e\u{301}.html"]), (["\u{C9}.html", "\u{E9}.html"], ["\u{C9}.html"]),
        // The Kelvin sign's lower-case form is a k.
        (["k.html", "\u{212A}.html"], ["k.html"]), (["ß.html", "ss.html"], []),
    ])
    func routes(_ routes: [String], claimed: [String]) {
        let outputs = routes.map { Output(route: $0, content: .guide(""), own: []) }
        let found = Collisions(outputs: outputs, routes: NameList(routes), site: Site()).diagnostics
        #expect(found.map(\.id) == claimed.map { _ in "plan.collision" })
        for (diagnostic, route) in zip(found, claimed) { #expect(diagnostic.message.en.contains("“\(route)”")) }
    }

    @Test func namesComeIntoTheOrderOfTheirBytes() {
        let names = NameList(["b", "a/b", "乙", "a", "a.b", "B", ""])
        let sorted = names.names(at: names.order)
        #expect((0..<sorted.count).map { sorted[$0] } == ["", "B", "a", "a.b", "a/b", "b", "乙"])
        #expect(NameList([]).order == [])
    }
}
