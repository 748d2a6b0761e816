/// All that is ever said of a count of persons: the step that it lies in, `k·⌊v/k⌋` up to the next one.
///
/// The first step holds zero, and zero is never told apart from its neighbours; the last one is open.
public struct Statement: Hashable, Sendable {
    /// The least count that the statement allows.
    public let low: Int
    /// The greatest, both included; nil for “`low` or more”.
    public let high: Int?

    public init(low: Int, high: Int?) {
        self.low = low
        self.high = high
    }

    /// The step of a count. `top` is where the last, open step begins.
    init(_ count: Int, width k: Int, top: Int) {
        let step = count / k * k
        self = step >= top ? Statement(low: top, high: nil) : Statement(low: step, high: step + k - 1)
    }

    /// The first step: fewer than k.
    static func first(width k: Int) -> Statement { Statement(low: 0, high: k - 1) }

    /// The counts that the statement allows in a group of so many.
    func interval(roll: Int) -> Interval { Interval(low, min(high ?? roll, roll)) }

    func allows(_ count: Int) -> Bool { count >= low && high.map { count <= $0 } ?? true }
}

extension Statement {
    /// `<5`, `5-9`, `>=20`: the same sign everywhere, for programs to read.
    public var mark: String {
        guard let high else { return ">=\(low)" }
        return low == 0 ? "<\(high + 1)" : "\(low)-\(high)"
    }

    init?(mark: String) {
        let numbers = mark.split(whereSeparator: { "<>=-".contains($0) }).compactMap { Int($0) }
        switch (numbers.count, numbers.first) {
        case (1, let first?) where first > 0 && mark == "<\(first)": self.init(low: 0, high: first - 1)
        case (1, let first?) where mark == ">=\(first)": self.init(low: first, high: nil)
        case (2, let first?) where mark == "\(first)-\(numbers[1])": self.init(low: first, high: numbers[1])
        default: return nil
        }
    }
}

/// Whole numbers from `low` to `high`, both included; empty when they cross.
struct Interval: Hashable, Sendable {
    var low: Int
    var high: Int

    init(_ low: Int, _ high: Int) {
        self.low = low
        self.high = high
    }

    static let zero = Interval(0, 0)

    var isEmpty: Bool { low > high }

    var width: Int { high - low }

    func clamped(_ other: Interval) -> Interval { Interval(max(low, other.low), min(high, other.high)) }

    static func += (sum: inout Interval, other: Interval) { sum = Interval(sum.low + other.low, sum.high + other.high) }
}
