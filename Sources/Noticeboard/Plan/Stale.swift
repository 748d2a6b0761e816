/// Why an output is made again.
public enum StaleReason: Sendable, Equatable, CustomStringConvertible {
    /// Nothing is known of an earlier build.
    case noRecord

    public var description: String {
        switch self {
        case .noRecord: "no record of an earlier build"
        }
    }
}

/// Decides which outputs must be rendered again. Outputs declare what they depend on, so this is the one place that
/// has to know how a build remembers.
public enum Stale {
    public static func outputs(of plan: SitePlan) -> [(output: Output, reason: StaleReason)] {
        plan.outputs.map { ($0, .noRecord) }
    }
}
