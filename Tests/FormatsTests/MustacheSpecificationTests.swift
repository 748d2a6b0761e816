import Foundation
import Testing

@testable import Formats

@Suite(.enabled(if: Specifications.folder != nil, "the specifications' data are absent: nothing proven"))
struct MustacheSpecificationTests {
    @Test(arguments: ["comments", "delimiters", "interpolation", "inverted", "partials", "sections", "~inheritance"])
    func module(_ name: String) throws {
        let file = "mustache/\(name.replacingOccurrences(of: "~", with: "")).json"
        let module: MustacheModule = try Specifications.load(file)
        let passed = module.tests.count { test in
            let text = render(test)
            #expect(text == test.expected, "\(name): \(test.name)")
            return text == test.expected
        }
        #expect(!module.tests.isEmpty)
        Specifications.report("Mustache \(name)", passed: passed, of: module.tests.count)
    }

    private func render(_ test: MustacheExample) -> String {
        var diagnostics: [Diagnostic] = []
        var sources = (test.partials ?? [:]).mapValues { SourceFile(path: "partial", text: $0) }
        sources["main"] = SourceFile(path: "main", text: test.template)
        let templates = TemplateSet(sources, isStrict: false, into: &diagnostics)
        var output: [UInt8] = []
        let stack: [Value] = [test.data.value]
        TemplateRenderer(templates, isStrict: false).render(
            "main", values: stack, page: "test", root: "", to: &output, into: &diagnostics)
        #expect(diagnostics == [])
        return String(decoding: output, as: UTF8.self)
    }
}

private struct MustacheModule: Decodable {
    let tests: [MustacheExample]
}

private struct MustacheExample: Decodable {
    let name: String
    let template: String
    let data: JSON
    let partials: [String: String]?
    let expected: String
}

private enum JSON: Decodable {
    case null
    case bool(Bool)
    case number(Decimal)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Decimal.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    var value: Value {
        switch self {
        case .null: .absent
        case .bool(let flag): .flag(flag)
        case .number(let number): .text("\(number)")
        case .string(let text): .text(text)
        case .array(let items): .list(items.map(\.value))
        case .object(let fields):
            .record(
                fields.sorted { $0.key < $1.key }.reduce(Record()) { $0.adding([$1.key: $1.value.value]) })
        }
    }
}
