import Formats

/// What an earlier build remembers of its outputs: for each route the fingerprints of what it depended on, in order.
public struct KeptOutputs: Sendable {
    /// In the order of routes.
    public let routes: NameList
    /// Where each output's fingerprints end in `words`.
    public let ends: [Int]
    public let words: [UInt64]

    public init(routes: NameList, ends: [Int], words: [UInt64]) {
        self.routes = routes
        self.ends = ends
        self.words = words
    }

    func words(of index: Int) -> ArraySlice<UInt64> { words[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }
}

/// Why an output is made again.
public enum StaleReason: Sendable, Equatable {
    /// Everything is asked for.
    case full
    /// Nothing is known of an earlier build, or not by this version of the program.
    case noRecord
    /// The earlier build had no such output.
    case new
    /// Somebody has changed the output folder since.
    case touched
    /// Something that it depends on has changed.
    case changed(Dependency)
    /// It depends on other things than it did.
    case otherDependencies
}

/// Decides which outputs must be made again. Pure: everything is known from the plan and from what was kept.
public enum Stale {
    /// The stale outputs of a plan, by index, in order.
    ///
    /// - Parameters:
    ///   - kept: What the last build remembers; nil where there is nothing, or another version of the program made it.
    ///   - isRested: Whether the file of a route is the one that the last build left.
    ///   - full: Whether everything is asked for.
    public static func outputs(
        of plan: SitePlan, kept: KeptOutputs?, full: Bool = false, isRested: (_ route: String) -> Bool = { _ in true }
    ) -> [(index: Int, reason: StaleReason)] {
        guard let kept, !full else { return plan.outputs.indices.map { ($0, full ? .full : .noRecord) } }
        let places = plan.kept.routes.places(in: kept.routes)
        return plan.outputs.indices.compactMap { index in
            if places[index] < 0 { return (index, .new) }
            if !isRested(plan.outputs[index].route) { return (index, .touched) }
            let (now, then) = (plan.kept.words(of: index), kept.words(of: places[index]))
            return now == then ? nil : (index, reason(plan.outputs[index], now, then))
        }
    }

    private static func reason(
        _ output: Output, _ now: ArraySlice<UInt64>, _ then: ArraySlice<UInt64>
    ) -> StaleReason {
        if now.count != then.count { return .otherDependencies }
        let changed = zip(output.dependencies, zip(now, then)).first { $0.1.0 != $0.1.1 }
        return changed.map { .changed($0.0) } ?? .otherDependencies
    }
}
