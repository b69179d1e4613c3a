using System.Globalization;

namespace Samples.Paper.Report.Charts;

/// <summary>Maps values to a range of pixels, and determines the ticks.</summary>
internal abstract class Scale
{
    /// <summary>The values of the ticks, ascending.</summary>
    public abstract IReadOnlyList<double> Ticks { get; }

    /// <summary>Returns the label of a tick.</summary>
    public virtual string Label(double tick) => tick.ToString("0.###", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>Returns the relative position of a value, from 0 at the lower end to 1 at the upper.</summary>
    public abstract double Fraction(double value);

    /// <summary>A scale with round ticks over a range of values.</summary>
    /// <param name="values">The values to include; values that are not finite are ignored.</param>
    /// <param name="includeZero">Whether the range must include 0.</param>
    public static Scale Linear(IEnumerable<double> values, bool includeZero = false)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double low = finite.Length > 0 ? finite.Min() : 0, high = finite.Length > 0 ? finite.Max() : 1;
        return new LinearScale(includeZero ? Math.Min(low, 0) : low, includeZero ? Math.Max(high, 0) : high);
    }

    /// <summary>Creates a logarithmic scale with a tick at each value, for widths and factors.</summary>
    /// <param name="values">The values; all above 0.</param>
    public static Scale Ratios(IEnumerable<double> values) => new RatioScale([.. values.Distinct().Order()]);

    private sealed class LinearScale : Scale
    {
        private readonly double low;
        private readonly double high;

        public LinearScale(double low, double high)
        {
            if (high - low < 1e-9 * Math.Max(1, Math.Abs(high)))
                (low, high) = (low - 0.5, high + 0.5);
            double step = RoundStep((high - low) / 5);
            this.low = Math.Floor(low / step) * step;
            this.high = Math.Ceiling(high / step) * step;
            int steps = (int)Math.Round((this.high - this.low) / step);
            Ticks = [.. Enumerable.Range(0, steps + 1).Select(i => Math.Round(this.low + (i * step), 10))];
        }

        public override IReadOnlyList<double> Ticks { get; }

        public override double Fraction(double value) => (value - low) / (high - low);

        // 1, 2 or 5 times a power of ten.
        private static double RoundStep(double step)
        {
            double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
            double digit = step / power;
            return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
        }
    }

    private sealed class RatioScale(double[] ticks) : Scale
    {
        public override IReadOnlyList<double> Ticks => ticks;

        public override double Fraction(double value) =>
            ticks.Length < 2 ? 0.5 : 0.04 + (0.92 * Math.Log(value / ticks[0]) / Math.Log(ticks[^1] / ticks[0]));
    }
}
