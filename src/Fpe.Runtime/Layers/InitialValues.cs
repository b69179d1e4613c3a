using Fpe.Numerics;

namespace Fpe;

/// <summary>Initial values of weights and biases.</summary>
internal static class InitialValues
{
    /// <summary>Draws numbers uniformly in ±1/√(fan-in), as PyTorch draws weights and biases of linear layers and convolutions.</summary>
    public static double[] Uniform(int count, int fanIn, RandomStream random)
    {
        double bound = 1 / Math.Sqrt(fanIn);
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = ((2 * random.NextDouble()) - 1) * bound;
        return values;
    }
}
