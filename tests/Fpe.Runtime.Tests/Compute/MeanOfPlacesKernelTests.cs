using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class MeanOfPlacesKernelTests
{
    private static readonly int[] Channels = [1, 2, 3, 7, 8, 17];

    private static readonly int[] Places = [1, 2, 3, 4, 9, 16, 25];

    [Fact]
    public void Means_and_their_gradients_agree_with_the_reference()
    {
        foreach (int channels in Channels)
        {
            foreach (int places in Places)
            {
                foreach (int batch in Sizes.Batches)
                    Check(channels, places, batch, bench => bench.Values(channels * places * batch));
            }
        }
    }

    [Fact]
    public void A_number_that_is_not_finite_reaches_its_channel_only() =>
        Check(5, 6, 19, bench =>
        {
            float[] values = bench.Values(5 * 6 * 19);
            (values[6], values[200], values[301], values[569]) =
                (float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.PositiveInfinity);
            return values;
        });

    [Fact]
    public void Values_are_means()
    {
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device);
            Activations x = bench.Input(6, [1, 2, 6, -1, 0, 4]), y = bench.Output(2), dx = bench.Output(6);
            bench.Kernels.MeanOfPlaces(3, x, y, 1);
            bench.Kernels.MeanOfPlacesGradient(3, bench.Input(2, [6, -3]), dx, 1);
            Assert.Equal([3, 1], Workbench.Read(y, 1));
            Assert.Equal([2, 2, 2, -1, -1, -1], Workbench.Read(dx, 1));
        }
    }

    private static void Check(int channels, int places, int batch, Func<Workbench, float[]> values)
    {
        foreach (int capacity in Sizes.Capacities(batch))
        {
            Agreement.Check($"{channels} channels of {places}, batch {batch} of {capacity}", capacity, bench =>
            {
                Activations x = bench.Input(channels * places, values(bench)), dy = bench.Input(channels, batch);
                Activations y = bench.Output(channels), dx = bench.Output(channels * places);
                bench.Kernels.MeanOfPlaces(places, x, y, batch);
                bench.Kernels.MeanOfPlacesGradient(places, dy, dx, batch);
                return [.. Workbench.Read(y, batch), .. Workbench.Read(dx, batch)];
            }, hasBodies: true);
        }
    }
}
