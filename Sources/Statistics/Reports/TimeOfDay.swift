import Formats

/// A time of day as people write it in a report.
enum TimeOfDay {
    /// `08:30` for 8:30, 8：30, 08:30:00, 8点30分, 8时半, 下午3点; nil for anything else.
    static func read(_ text: String) -> String? {
        let text = text.halfWidth.filter { !$0.isWhitespace }
        let pattern = /(上午|早上|早晨|中午|下午|晚上|晚)?([0-9]{1,2})(?:[:点时]([0-9]{2}|半)?(?::[0-9]{2}|分)?)/
        guard let match = text.wholeMatch(of: pattern), var hour = Int(match.2) else { return nil }
        if !text.contains("点"), !text.contains("时"), match.3 == nil { return nil }
        let minute = match.3.map { $0 == "半" ? 30 : Int($0) ?? 60 } ?? 0
        let isLate = ["下午", "晚上", "晚"].contains(match.1 ?? "") || match.1 == "中午" && hour < 10
        if isLate, hour < 12 { hour += 12 }
        guard hour < 24, minute < 60 else { return nil }
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(padded(hour)):\(padded(minute))"
    }
}
