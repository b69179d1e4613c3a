using Fpe.Compute;

namespace Fpe.Gpu.Compute;

/// <summary>An <see cref="ElementFunction"/> as kernels take it.</summary>
internal readonly struct DeviceFunction(ElementFunction function)
{
    private readonly int kind = (int)Known(function.Kind);
    private readonly float slope = (float)function.Slope;

    /// <summary>f(z).</summary>
    public float Of(float z)
    {
        if (kind == (int)ActivationFunction.Relu)
            return IsPositive(z) ? z : 0;
        if (kind == (int)ActivationFunction.Gelu)
            return z == float.NegativeInfinity ? 0 : z * DeviceMath.NormalDistribution(z);
        if (kind == (int)ActivationFunction.Tanh)
            return DeviceMath.Tanh(z);
        if (kind == (int)ActivationFunction.Sigmoid)
            return DeviceMath.Sigmoid(z);
        if (kind == (int)ActivationFunction.Silu)
            return z == float.NegativeInfinity ? 0 : z * DeviceMath.Sigmoid(z);
        if (kind == (int)ActivationFunction.Softplus)
            return DeviceMath.Max(z, 0) + DeviceMath.LogOnePlus(DeviceMath.Exp(-DeviceMath.Abs(z)));
        if (kind == (int)ActivationFunction.HardSwish)
            return HardSwish(z);
        return kind == (int)ActivationFunction.LeakyRelu && !IsPositive(z) ? z * slope : z;
    }

    /// <summary>dy · f′(z), from y where z is not needed.</summary>
    public float Gradient(float dy, float z, float y)
    {
        if (kind == (int)ActivationFunction.Relu)
            return IsPositive(y) ? dy : 0;
        if (kind == (int)ActivationFunction.Gelu)
            return dy * GeluSlope(z);
        if (kind == (int)ActivationFunction.Tanh)
            return dy * (1 - (y * y));
        if (kind == (int)ActivationFunction.Sigmoid)
            return dy * y * (1 - y);
        if (kind == (int)ActivationFunction.Silu)
            return dy * SiluSlope(z);
        if (kind == (int)ActivationFunction.Softplus)
            return dy * DeviceMath.Sigmoid(z);
        if (kind == (int)ActivationFunction.HardSwish)
            return dy * HardSwishSlope(z);
        return kind == (int)ActivationFunction.LeakyRelu && !IsPositive(y) ? dy * slope : dy;
    }

    /// <summary>Whether a value is above 0 or not a number, which every function passes on.</summary>
    private static bool IsPositive(float value) => DeviceMath.IsNaN(value) || value > 0;

    private static float HardSwishSlope(float z) => DeviceMath.IsNaN(z) ? z : z > -3 ? z < 3 ? (z / 3) + 0.5f : 1 : 0;

    /// <summary>z · min(max(z + 3, 0), 6) / 6, as an exact multiple below −3.</summary>
    private static float HardSwish(float z)
    {
        if (z == float.NegativeInfinity)
            return 0;
        float inside = DeviceMath.Max(z + 3, 0);
        return z * ((inside > 6 ? 6 : inside) / 6);
    }

    /// <summary>Φ(z) + z · φ(z).</summary>
    private static float GeluSlope(float z)
    {
        float within = z < -40 ? -40 : z > 40 ? 40 : z;
        return DeviceMath.NormalDistribution(within) + (within * DeviceMath.NormalDensity(within));
    }

    /// <summary>σ(z) + z · σ(z) · σ(−z).</summary>
    private static float SiluSlope(float z)
    {
        float within = z < -1000 ? -1000 : z > 1000 ? 1000 : z;
        float sigmoid = DeviceMath.Sigmoid(within);
        return sigmoid + (within * sigmoid * DeviceMath.Sigmoid(-within));
    }

    /// <summary>A function of which this file knows nothing would be computed as the identity.</summary>
    private static ActivationFunction Known(ActivationFunction kind) => kind switch
    {
        ActivationFunction.Identity or ActivationFunction.Relu or ActivationFunction.Gelu or ActivationFunction.Tanh
            or ActivationFunction.Sigmoid or ActivationFunction.Silu or ActivationFunction.Softplus or ActivationFunction.HardSwish
            or ActivationFunction.LeakyRelu => kind,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown activation function."),
    };
}
