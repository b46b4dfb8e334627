/// The stable codes of errors and of rejected rows. A retired number is never used again.
///
/// `BW1xx` input and mapping, `BW2xx` database, `BW3xx` drift and guards, `BW4xx` failed proofs,
/// `BW5xx` questions and options, `BW9xx` our own bugs.
public enum ErrorCode: String, Sendable, Hashable, CaseIterable {
    // Files
    case fileUnreadable = "BW101"
    case fileEmpty = "BW102"
    case fileNotText = "BW103"
    case fileEncoding = "BW104"
    case columnMissing = "BW105"
    case columnDuplicate = "BW106"
    case quoteUnterminated = "BW107"
    case recordTooLong = "BW108"
    case noFiles = "BW109"
    case fileUnwritable = "BW110"
    case fileChanged = "BW111"
    case exportsMissing = "BW112"

    // Mappings
    case mappingNotFound = "BW120"
    case mappingSyntax = "BW121"
    case mappingUnknownName = "BW122"
    case mappingBadValue = "BW123"
    case mappingTooLarge = "BW124"

    // Metric contracts
    case contractFaulty = "BW125"

    // Rows that are set aside
    case rowRagged = "BW150"
    case rowWithoutID = "BW151"
    case rowDuplicateID = "BW152"
    case rowNulByte = "BW153"
    case rowEncoding = "BW154"
    case valueNotANumber = "BW155"
    case valueOutOfRange = "BW156"
    case valueNotADate = "BW157"
    case valueNotABoolean = "BW158"
    case valueMissing = "BW159"
    case valueTooLong = "BW160"
    case valueUnknown = "BW161"

    // Database
    case noDatabase = "BW201"
    case connectionLost = "BW202"
    case statementFailed = "BW203"
    case schemaMissing = "BW204"
    case schemaTooOld = "BW205"
    case schemaTooNew = "BW206"
    case schemaFileChanged = "BW207"
    case locked = "BW208"
    case serverBinariesMissing = "BW209"
    case serverNotStarted = "BW210"
    case serverDataUnusable = "BW211"
    case statementCancelled = "BW212"
    case analystObjectInTheWay = "BW213"
    case serverNotStopped = "BW220"

    // Guards
    case guardsSeveral = "BW300"
    case guardRejects = "BW301"
    case guardEmpty = "BW302"
    case guardSameDay = "BW303"
    case guardGone = "BW304"
    case guardRows = "BW305"
    case guardAmount = "BW306"
    case guardNewer = "BW307"
    case guardOlder = "BW308"
    case guardBase = "BW309"
    case guardDrift = "BW310"

    // Proofs
    case rulesBroken = "BW401"
    case rebuildDiffers = "BW402"
    case notFresh = "BW403"
    case bridgeOpen = "BW404"
    case movementOpen = "BW405"

    // Questions and options
    case unknownPeriod = "BW501"
    case unknownTeam = "BW502"
    case unknownPerson = "BW503"
    case badDay = "BW504"
    case nothingLoaded = "BW505"
    case badOption = "BW506"
    case futureAsKnown = "BW507"
    case organisationCircle = "BW508"
    case loadNotUndoable = "BW509"
    case knowledgePruned = "BW510"
    case unknownNode = "BW520"
    case callTwice = "BW521"
    case nothingToReset = "BW522"
    case unknownDeal = "BW523"

    // Metrics
    case unknownMetric = "BW524"

    // Calendars
    case calendarUnknown = "BW530"
    case weekAnchorUnknown = "BW531"
    case periodsOverlap = "BW532"
    case periodMissing = "BW533"

    // The organisation
    case organisationUnknown = "BW540"
    case organisationNotKnown = "BW541"

    // Money
    case sinceNotBefore = "BW560"

    // What changed
    case sinceUnknown = "BW570"

    // Slips
    case periodWithoutEnd = "BW580"
    case weekNotInPeriod = "BW581"
    case weekNotBegun = "BW582"

    // Frozen periods
    case periodNotFrozen = "BW590"
    case weekNotOver = "BW591"

    case bug = "BW901"
}
