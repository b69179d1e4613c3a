using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>
/// Functions of 8 floats at once, to about 10⁻⁶ of the value. They never return NaN for a number, however large; NaN stays NaN.
/// </summary>
internal static class VectorMath
{
    /// <summary>1 / (1 + exp(−x)), with exp of a negative number so that it cannot overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x)
    {
        var e = Vector256.Exp(-Vector256.Abs(x));
        var numerator = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), e, Vector256<float>.One);
        return numerator / (Vector256<float>.One + e);
    }

    /// <summary>exp(x) for x up to 0; 0 below −87, where it is less than 2·10⁻³⁸.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ExpOfNegative(Vector256<float> x)
    {
        // x = n · ln 2 + r; adding 1.5 · 2²³ rounds to the whole number n, whose bits are then the lowest of the sum
        var shift = Vector256.Create(12582912f);
        var sum = Vector256.MultiplyAddEstimate(x, Vector256.Create(1.44269504f), shift);
        var n = sum - shift;
        var r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-0.693359375f), x);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(2.12194440e-4f), r);

        // coefficients of S. Moshier's Cephes library
        var series = Vector256.Create(1.9875691500e-4f);
        series = Vector256.MultiplyAddEstimate(series, r, Vector256.Create(1.3981999507e-3f));
        series = Vector256.MultiplyAddEstimate(series, r, Vector256.Create(8.3334519073e-3f));
        series = Vector256.MultiplyAddEstimate(series, r, Vector256.Create(4.1665795894e-2f));
        series = Vector256.MultiplyAddEstimate(series, r, Vector256.Create(1.6666665459e-1f));
        series = Vector256.MultiplyAddEstimate(series, r, Vector256.Create(5.0000001201e-1f));
        series = Vector256.MultiplyAddEstimate(series, r * r, r) + Vector256<float>.One;
        var power = ((sum.AsInt32() + Vector256.Create(127)) << 23).AsSingle();
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-87f)), Vector256<float>.Zero, series * power);
    }

    /// <summary>log(1 + e) for e from 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LogOnePlus(Vector256<float> e)
    {
        // log(u) · e / (u − 1) corrects the rounding of u = 1 + e (W. Kahan)
        var u = Vector256<float>.One + e;
        var difference = u - Vector256<float>.One;
        var logarithm = Vector256.Log(u) * (e / difference);
        return Vector256.ConditionalSelect(Vector256.Equals(difference, Vector256<float>.Zero), e, logarithm);
    }

    /// <summary>tanh(x), by a polynomial near 0 (coefficients of S. Moshier's Cephes library) and 1 − 2 / (exp(2·|x|) + 1) elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        var magnitude = Vector256.Abs(x);
        var square = x * x;
        var series = Vector256.Create(-5.70498872745e-3f);
        series = Vector256.MultiplyAddEstimate(series, square, Vector256.Create(2.06390887954e-2f));
        series = Vector256.MultiplyAddEstimate(series, square, Vector256.Create(-5.37397155531e-2f));
        series = Vector256.MultiplyAddEstimate(series, square, Vector256.Create(1.33314422036e-1f));
        series = Vector256.MultiplyAddEstimate(series, square, Vector256.Create(-3.33332819422e-1f));
        var near = Vector256.MultiplyAddEstimate(series * square, x, x);
        var far = Vector256<float>.One - Vector256.Create(2f) / (Vector256.Exp(magnitude + magnitude) + Vector256<float>.One);
        return Vector256.ConditionalSelect(
            Vector256.LessThan(magnitude, Vector256.Create(0.625f)), near, Vector256.CopySign(far, x));
    }

    /// <summary>z · σ(z), where σ(z) = 1 / (1 + exp(−z)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Silu(Vector256<float> z) => Times(z, Sigmoid(z));

    /// <summary>σ(z) + z · σ(z) · σ(−z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SiluDerivative(Vector256<float> z)
    {
        var e = Vector256.Exp(-Vector256.Abs(z));
        var inverse = Vector256<float>.One / (Vector256<float>.One + e);
        var other = e * inverse;
        var isNegative = Vector256.LessThan(z, Vector256<float>.Zero);
        return Vector256.ConditionalSelect(isNegative, other, inverse) + Times(z, other * inverse);
    }

    /// <summary>log(1 + exp(z)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Softplus(Vector256<float> z) =>
        Vector256.Max(z, Vector256<float>.Zero) + LogOnePlus(Vector256.Exp(-Vector256.Abs(z)));

    /// <summary>z · min(max(z + 3, 0), 6) / 6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> HardSwish(Vector256<float> z)
    {
        var six = Vector256.Create(6f);
        return Times(z, Vector256.Min(Vector256.Max(z + Vector256.Create(3f), Vector256<float>.Zero), six) / six);
    }

    /// <summary>z/3 + ½ between −3 and 3, 0 below and 1 above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> HardSwishDerivative(Vector256<float> z)
    {
        var three = Vector256.Create(3f);
        var within = z / three + Vector256.Create(0.5f);
        within = Vector256.ConditionalSelect(Vector256.LessThanOrEqual(z, -three), Vector256<float>.Zero, within);
        return Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(z, three), Vector256<float>.One, within);
    }

    /// <summary>z · factor, where a factor of 0 gives 0 for an infinite z too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Times(Vector256<float> z, Vector256<float> factor) =>
        Vector256.ConditionalSelect(Vector256.Equals(factor, Vector256<float>.Zero), factor, z * factor);

    /// <summary>z · Φ(z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gelu(Vector256<float> z)
    {
        (var probability, _) = NormalDistribution(z);

        // −∞ · 0 must be 0
        var vanishes = Vector256.Equals(z, Vector256.Create(float.NegativeInfinity));
        return Vector256.ConditionalSelect(vanishes, Vector256<float>.Zero, z * probability);
    }

    /// <summary>Φ(z) + z · φ(z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluDerivative(Vector256<float> z)
    {
        (var probability, var density) = NormalDistribution(z);
        var vanishes = Vector256.Equals(density, Vector256<float>.Zero);
        return probability + Vector256.ConditionalSelect(vanishes, Vector256<float>.Zero, z * density);
    }

    /// <summary>Φ(z), the distribution function of the normal distribution, and φ(z) = exp(−z²/2) / √(2π), its density.</summary>
    /// <remarks>
    /// Φ(−a) = exp(−a²/2) · t · R(t) with t = 1 / (1 + 0.35·a), a ≥ 0; R is the polynomial of degree 8 through the Chebyshev points
    /// of 0 ≤ a ≤ 14.5, beyond which Φ(−a) underflows; its relative error is 4·10⁻⁸.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Probability, Vector256<float> Density) NormalDistribution(Vector256<float> z)
    {
        var a = Vector256.Abs(z);
        var t = Vector256<float>.One / Vector256.MultiplyAddEstimate(a, Vector256.Create(0.35f), Vector256<float>.One);
        var series = Vector256.Create(-0.0297322758f);
        series = Vector256.MultiplyAddEstimate(series, t, Vector256.Create(0.146783986f));
        series = Vector256.MultiplyAddEstimate(series, t, Vector256.Create(-0.261410543f));
        series = Vector256.MultiplyAddEstimate(series, t, Vector256.Create(0.165510165f));
        series = Vector256.MultiplyAddEstimate(series, t, Vector256.Create(-0.0273219105f));
        series = Vector256.MultiplyAddEstimate(series, t, Vector256.Create(0.107212499f));
        series = Vector256.MultiplyAddEstimate(series, t, Vector256.Create(0.119425093f));
        series = Vector256.MultiplyAddEstimate(series, t, Vector256.Create(0.139914334f));
        series = Vector256.MultiplyAddEstimate(series, t, Vector256.Create(0.139618635f));

        // exp would magnify the rounding error of a², which a fused multiply-add computes exactly
        var half = Vector256.Create(0.5f);
        var square = a * a;
        var error = Vector256.FusedMultiplyAdd(a, a, -square);
        error = Vector256.ConditionalSelect(Vector256.LessThan(square, Vector256.Create(512f)), error, Vector256<float>.Zero);
        var e = Vector256.Exp(-half * square);
        e -= e * half * error;

        var tail = e * t * series;
        var probability = Vector256.ConditionalSelect(Vector256.LessThan(z, Vector256<float>.Zero), tail, Vector256<float>.One - tail);
        return (probability, e * Vector256.Create(0.3989422804f));
    }
}
