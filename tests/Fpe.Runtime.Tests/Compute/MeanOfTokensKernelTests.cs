using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class MeanOfTokensKernelTests
{
    [Fact]
    public void Means_and_their_gradients_agree_with_the_reference()
    {
        foreach (int units in (int[])[1, 2, 3, 8, 17])
        {
            foreach (int places in (int[])[1, 2, 3, 9, 16])
            {
                foreach (int batch in Sizes.Batches)
                    Check(units, places, batch, bench => bench.Values(units * places * batch));
            }
        }
    }

    /// <summary>Whatever is at an empty place is not read.</summary>
    [Fact]
    public void Values_that_are_not_finite_agree_with_the_reference() =>
        Check(5, 6, 19, bench =>
        {
            float[] values = bench.Values(5 * 6 * 19);
            for (int i = 0; i < values.Length; i += 23)
                values[i] = i % 2 == 0 ? float.NaN : float.PositiveInfinity;
            return values;
        });

    [Fact]
    public void Values_are_means_over_places_that_are_not_empty()
    {
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, 2);
            Activations tokens = bench.Input(3, [0, -1, 7, -1, -1, -1]), y = bench.Output(2), dx = bench.Output(6);
            Activations x = bench.Input(6, [1, 100, 5, -2, 100, 4, 9, 9, 9, 9, 9, 9]);
            bench.Kernels.MeanOfTokens(tokens, x, y, 2);
            bench.Kernels.MeanOfTokensGradient(tokens, bench.Input(2, [6, -4, 3, 5]), dx, 2);
            Assert.Equal([3, 1, 0, 0], Workbench.Read(y, 2));
            Assert.Equal([3, 0, 3, -2, 0, -2, 0, 0, 0, 0, 0, 0], Workbench.Read(dx, 2));
        }
    }

    private static void Check(int units, int places, int batch, Func<Workbench, float[]> values)
    {
        foreach (int capacity in Sizes.Capacities(batch))
        {
            Agreement.Check($"{units} units at {places} places, batch {batch} of {capacity}", capacity, bench =>
            {
                Activations tokens = bench.Input(places, bench.Tokens(places, 100, batch)), x = bench.Input(units * places, values(bench));
                Activations dy = bench.Input(units, batch), y = bench.Output(units), dx = bench.Output(units * places);
                bench.Kernels.MeanOfTokens(tokens, x, y, batch);
                bench.Kernels.MeanOfTokensGradient(tokens, dy, dx, batch);
                return [.. Workbench.Read(y, batch), .. Workbench.Read(dx, batch)];
            }, hasBodies: true);
        }
    }
}
