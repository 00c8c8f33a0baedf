#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A curve P(pass) = 1/(1 + exp(−(a + b·x))) fitted to counts of passes by penalised maximum likelihood.
///
/// The penalty is Firth's (1993, Biometrika 80:27–38), half the logarithm of the determinant of the Fisher
/// information: it takes out the first-order bias and keeps the estimate finite when the data are separated, that is
/// when everything passes up to some x and nothing beyond, as small benchmarks often have it. Heinze and Schemper
/// (2002, Statistics in Medicine 21:2409–2419) describe it for logistic regression, and the intervals by profile of
/// the penalised likelihood that ``crossingInterval(of:)`` gives.
struct LogisticCurve {
  struct Point {
    var x: Double
    var trials: Double
    var passes: Double
  }

  let points: [Point]
  private(set) var intercept = 0.0
  private(set) var slope = 0.0
  private(set) var logLikelihood = -Double.infinity

  /// The 95 % quantile of χ² with one degree of freedom.
  private static let threshold = Normal.z95 * Normal.z95

  /// Fits by Newton steps on the penalised score. `points` hold two or more distinct x.
  init(_ points: [Point]) {
    self.points = points
    logLikelihood = penalizedLogLikelihood(0, 0)
    for _ in 0..<200 {
      var step = newtonStep()
      let size = max(abs(step.intercept), abs(step.slope))
      if size > 5 { step = (step.intercept * 5 / size, step.slope * 5 / size) }
      guard improve(by: step), size > 1e-10 else { break }
    }
  }

  /// Where the curve takes the value `probability`.
  func crossing(of probability: Double) -> Double { (logit(probability) - intercept) / slope }

  private func logit(_ probability: Double) -> Double { log(probability / (1 - probability)) }

  // MARK: - Fit

  /// Inverse information times the score with Firth's term h·(1/2 − p), h being an observation's leverage.
  private func newtonStep() -> (intercept: Double, slope: Double) {
    let information = Information(points, intercept, slope)
    var score = 0.0
    var centredScore = 0.0
    for point in points {
      let p = sigmoid(intercept + slope * point.x)
      let deviation = point.x - information.centre
      let weight = p * sigmoid(-(intercept + slope * point.x))
      let leverage = weight * (1 / information.total + deviation * deviation / information.spread)
      let residual = point.passes - point.trials * p + point.trials * leverage * (0.5 - p)
      score += residual
      centredScore += residual * deviation
    }
    let slopeStep = centredScore / information.spread
    let interceptStep = score / information.total - slopeStep * information.centre
    guard slopeStep.isFinite, interceptStep.isFinite else { return (0, 0) }
    return (interceptStep, slopeStep)
  }

  /// Takes the step, halved until the likelihood does not fall. False when no part of it helps.
  private mutating func improve(by step: (intercept: Double, slope: Double)) -> Bool {
    var share = 1.0
    for _ in 0..<40 {
      let candidate = (intercept + share * step.intercept, slope + share * step.slope)
      let value = penalizedLogLikelihood(candidate.0, candidate.1)
      if value >= logLikelihood {
        (intercept, slope) = candidate
        logLikelihood = value
        return true
      }
      share /= 2
    }
    return false
  }

  private func penalizedLogLikelihood(_ intercept: Double, _ slope: Double) -> Double {
    let likelihood = points.reduce(0.0) { sum, point in
      let linear = intercept + slope * point.x
      return sum - point.passes * softplus(-linear) - (point.trials - point.passes) * softplus(linear)
    }
    let information = Information(points, intercept, slope)
    return likelihood + log(information.total * information.spread) / 2
  }

  // MARK: - Interval of a crossing

  /// The 95 % interval of where the curve takes `probability`: every x whose best falling curve through that point
  /// is less likely than the best of all by no more than χ²(1; 95 %)/2. An end beyond ten doublings outside the
  /// points is nil: the data do not bound it.
  func crossingInterval(of probability: Double) -> (low: Double?, high: Double?) {
    let target = logit(probability)
    let estimate = crossing(of: probability)
    let places = points.map(\.x)
    guard let first = places.min(), let last = places.max(), estimate.isFinite else { return (nil, nil) }
    func excess(_ x: Double) -> Double {
      2 * (logLikelihood - profile(at: x, target)) - Self.threshold
    }
    return (
      end(from: estimate, to: min(first, estimate) - 10, excess),
      end(from: estimate, to: max(last, estimate) + 10, excess)
    )
  }

  /// Walks from the estimate until the excess is positive, then bisects.
  private func end(from estimate: Double, to limit: Double, _ excess: (Double) -> Double) -> Double? {
    let steps = 64
    var inside = estimate
    for step in 1...steps {
      // Short steps first: intervals are narrow when samples are many.
      let share = Double(step) / Double(steps)
      let place = estimate + (limit - estimate) * share * share
      if excess(place) > 0 {
        var outside = place
        for _ in 0..<48 {
          let middle = (inside + outside) / 2
          if excess(middle) > 0 { outside = middle } else { inside = middle }
        }
        return (inside + outside) / 2
      }
      inside = place
    }
    return nil
  }

  /// The highest penalised likelihood of a falling curve that takes `target` (on the logit scale) at `x`: a scan
  /// over the slope on a logarithmic scale, refined by golden section.
  private func profile(at x: Double, _ target: Double) -> Double {
    func value(_ logSlope: Double) -> Double {
      let slope = -exp(logSlope)
      return penalizedLogLikelihood(target - slope * x, slope)
    }
    let grid = stride(from: -9.0, through: 6.0, by: 0.625).map { (place: $0, value: value($0)) }
    guard let best = grid.max(by: { $0.value < $1.value }) else { return -.infinity }
    var low = best.place - 0.625
    var high = best.place + 0.625
    let ratio = (5.0.squareRoot() - 1) / 2
    for _ in 0..<36 {
      let left = high - ratio * (high - low)
      let right = low + ratio * (high - low)
      if value(left) < value(right) { low = left } else { high = right }
    }
    return max(best.value, value((low + high) / 2))
  }
}

/// The Fisher information of a logistic curve, in a form that does not cancel: the total weight, its centre of
/// gravity and the spread about it. The determinant is `total · spread`.
private struct Information {
  var total = 0.0
  var centre = 0.0
  var spread = 0.0

  init(_ points: [LogisticCurve.Point], _ intercept: Double, _ slope: Double) {
    let weights = points.map { point in
      let linear = intercept + slope * point.x
      return point.trials * sigmoid(linear) * sigmoid(-linear)
    }
    total = weights.reduce(0, +)
    centre = zip(weights, points).reduce(0) { $0 + $1.0 * $1.1.x } / total
    spread = zip(weights, points).reduce(0) { $0 + $1.0 * ($1.1.x - centre) * ($1.1.x - centre) }
  }
}

private func sigmoid(_ x: Double) -> Double {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let power = exp(x)
  return power / (1 + power)
}

/// ln(1 + exp(x)) without overflow.
private func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
