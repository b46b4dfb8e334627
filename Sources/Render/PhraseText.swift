import Model

/// The blank that no line may break at; every writer turns it into a plain one at the end.
let glue = "\u{A0}"

extension Phrase {
    /// The sentence with its values drawn, `glue` between a number and its unit.
    func gluedText(exact: Bool) -> String {
        let isInMillions = parts.contains { part in
            if case .amount(let amount, _) = part { amount.magnitude >= million } else { false }
        }
        return parts.map { part in
            switch part {
            case .text(let text): text
            case .integer(let number): NumberText.grouped(number)
            case .amount(let amount, let currency):
                prose(amount, currency, exact: exact, isInMillions: isInMillions)
            case .percent(let ratio): prose(percent: ratio)
            case .multiple(let ratio): prose(times: ratio)
            case .day(let day): day.description
            }
        }.joined()
    }
}

private let million = Amount(1_000_000)

/// An amount in a sentence: from a million on `7.10 M USD`, from a thousand on `420,000 USD`, below that
/// `12.50 USD`, or `12 USD` when whole. Beside an amount in millions one from ten thousand on is in millions too:
/// a sentence reads at one scale.
private func prose(_ amount: Amount, _ currency: String, exact: Bool, isInMillions: Bool) -> String {
    let whole = amount.magnitude.rounded(toPlaces: 0)
    let number: String
    if exact {
        number = NumberText.exact(amount)
    } else if whole >= million || isInMillions && whole >= Amount(10_000) {
        number = MoneyScale.millions.text(amount) + glue + "M"
    } else if whole >= Amount(1_000) || amount.magnitude == whole {
        number = MoneyScale.units.text(amount)
    } else {
        number = MoneyScale.cents.text(amount)
    }
    return currency.isEmpty ? number : number + glue + currency
}

private func prose(percent ratio: Double) -> String {
    guard let number = NumberText.decimal(ratio * 100, places: percentPlaces([ratio])) else { return "–" }
    return number + glue + "%"
}

private func prose(times ratio: Double) -> String {
    guard let number = NumberText.decimal(ratio, places: multiplePlaces([ratio])) else { return "–" }
    return number + glue + "×"
}

/// The decimals that multiples need: one, but two when one of them is below 1 and not zero.
func multiplePlaces(_ ratios: [Double]) -> Int {
    ratios.contains { $0 != 0 && $0.magnitude < 1 } ? 2 : 1
}

/// The decimals that percentages need: none, but one when a share that is not zero would round
/// to below one per cent.
func percentPlaces(_ ratios: [Double]) -> Int {
    ratios.contains { $0 != 0 && $0.magnitude < 0.01 } ? 1 : 0
}
