using ILGPU;

namespace Fpe.Gpu.Compute;

/// <summary>
/// Functions in single precision, from sums, products and bits alone, so that they do not depend on what a driver offers: not every GPU
/// has double precision, and drivers' own functions differ in accuracy. The polynomials are those of S. L. Moshier's Cephes library, and
/// erfc's that of Press et al., "Numerical Recipes in C" (1992), §6.2.
/// </summary>
internal static class DeviceMath
{
    private const float HighLog2 = 0.693359375f, LowLog2 = -2.12194440e-4f, InverseLog2 = 1.44269504f;

    /// <summary>exp(x), to about 1e-7.</summary>
    public static float Exp(float x)
    {
        if (IsNaN(x))
            return x;
        if (x > 88.72284f)
            return float.PositiveInfinity;
        if (x < -104f)
            return 0;
        float scaled = x * InverseLog2;
        int n = (int)(scaled < 0 ? scaled - 0.5f : scaled + 0.5f);
        float r = x - (n * HighLog2) - (n * LowLog2);
        float p = (((((((((1.9875691500e-4f * r) + 1.3981999507e-3f) * r) + 8.3334519073e-3f) * r) + 4.1665795894e-2f) * r)
            + 1.6666665459e-1f) * r) + 5.0000001201e-1f;
        float y = (p * r * r) + r + 1;
        int half = n >> 1;
        return y * PowerOf2(half) * PowerOf2(n - half);
    }

    /// <summary>log(x) for x of at least 2⁻¹²⁶.</summary>
    public static float Log(float x)
    {
        if (IsNaN(x) || x == float.PositiveInfinity)
            return x;
        uint bits = Interop.FloatAsInt(x);
        int n = (int)(bits >> 23) - 126;
        float m = Interop.IntAsFloat((bits & 0x007FFFFFu) | 0x3F000000u);
        if (m < 0.70710678f)
        {
            n--;
            m += m;
        }

        float r = m - 1, z = r * r;
        float p = (((((((((7.0376836292e-2f * r) - 1.1514610310e-1f) * r) + 1.1676998740e-1f) * r) - 1.2420140846e-1f) * r)
            + 1.4249322787e-1f) * r) - 1.6668057665e-1f;
        p = (((((p * r) + 2.0000714765e-1f) * r) - 2.4999993993e-1f) * r) + 3.3333331174e-1f;
        float y = (p * r * z) + (n * LowLog2) - (0.5f * z);
        return r + y + (n * HighLog2);
    }

    /// <summary>log(1 + e) for e from 0 to 1, also where 1 + e rounds to 1 (W. Kahan).</summary>
    public static float LogOnePlus(float e)
    {
        float sum = 1 + e;
        return sum == 1 ? e : Log(sum) * (e / (sum - 1));
    }

    public static float Tanh(float x)
    {
        float size = Abs(x);
        if (size < 0.625f)
        {
            float z = x * x;
            float p = (((((((-5.70498872745e-3f * z) + 2.06390887954e-2f) * z) - 5.37397155531e-2f) * z) + 1.33314422036e-1f) * z)
                - 3.33332819422e-1f;
            return (p * z * x) + x;
        }

        if (IsNaN(x))
            return x;
        float y = 1 - (2 / (Exp(2 * size) + 1));
        return x < 0 ? -y : y;
    }

    /// <summary>1 / (1 + exp(−z)), with exp of a negative number so that it cannot overflow.</summary>
    public static float Sigmoid(float z)
    {
        float e = Exp(-Abs(z));
        return (z < 0 ? e : 1) / (1 + e);
    }

    /// <summary>Φ(z) = ½ · erfc(−z/√2), just as accurate if it is tiny.</summary>
    public static float NormalDistribution(float z)
    {
        float tail = UpperTail(Abs(z));
        return z > 0 ? 1 - tail : tail;
    }

    /// <summary>φ(z) = exp(−z²/2) / √(2π).</summary>
    public static float NormalDensity(float z) => 0.39894228f * Exp(-0.5f * z * z);

    /// <summary>The square root. ILGPU maps it to the device's, which is correctly rounded on CUDA and to 3 ulp on OpenCL.</summary>
    public static float Root(float x) => MathF.Sqrt(x);

    /// <summary>
    /// Whether x is not a number, from its bits: ILGPU 1.5.3 turns comparisons around as if there were no such numbers, so kernels ask this
    /// first (<c>IlgpuTests</c>).
    /// </summary>
    public static bool IsNaN(float x) => (Interop.FloatAsInt(x) & 0x7FFFFFFFu) > 0x7F800000u;

    public static float Abs(float x) => x < 0 ? -x : x;

    /// <summary>The larger one; NaN if one of them is.</summary>
    public static float Max(float x, float y) => IsNaN(x) ? x : IsNaN(y) ? y : x > y ? x : y;

    /// <summary>½ · erfc(z/√2) for z of at least 0.</summary>
    private static float UpperTail(float z)
    {
        if (IsNaN(z))
            return z;
        if (z > 16)
            return 0;
        float t = 1 / (1 + (z * 0.35355339f));
        float p = -0.82215223f + (t * 0.17087277f);
        p = -1.13520398f + (t * (1.48851587f + (t * p)));
        p = -0.18628806f + (t * (0.27886807f + (t * p)));
        p = 0.37409196f + (t * (0.09678418f + (t * p)));
        p = -1.26551223f + (t * (1.00002368f + (t * p)));

        // exp(−z²/2) with z = h + l, where h has few enough bits for h² to be exact
        float high = (int)(z * 16) * 0.0625f;
        return 0.5f * t * Exp(-0.5f * high * high) * Exp(p - (0.5f * (z - high) * (z + high)));
    }

    private static float PowerOf2(int n) => Interop.IntAsFloat((uint)(n + 127) << 23);
}
