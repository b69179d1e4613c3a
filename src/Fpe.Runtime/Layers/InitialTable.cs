using Fpe.Numerics;

namespace Fpe;

/// <summary>
/// Draws the initial values of tables: normally distributed with mean 0 and variance 1, as PyTorch initialises embeddings (Box and Muller,
/// 1958).
/// </summary>
/// <param name="seed">The seed of the model.</param>
/// <param name="index">The position of the layer in the model, from 0.</param>
internal sealed class InitialTable(long seed, int index)
{
    private readonly RandomStream random = new(seed, RandomPurpose.Initialisation, index);

    /// <summary>Returns the next values.</summary>
    public double[] Next(int count)
    {
        var values = new double[count];
        for (int i = 0; i < count; i += 2)
        {
            // 1 − u is never 0.
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            values[i] = radius * cosine;
            if (i + 1 < count)
                values[i + 1] = radius * sine;
        }

        return values;
    }
}
