using Fpe.Compute;
using Fpe.Research.Reference;

namespace Fpe.Runtime.Tests.Compute;

public class AttentionKernelTests
{
    private static readonly (int Units, int Places, int Heads)[] Shapes =
    [
        (1, 1, 1), (2, 1, 2), (3, 2, 1), (2, 3, 1), (4, 4, 2), (6, 5, 2), (8, 7, 1), (12, 8, 3), (5, 9, 5), (10, 13, 2), (64, 6, 4), (9, 33, 1),
    ];

    [Fact]
    public void Attention_and_its_gradient_agree_with_the_reference()
    {
        foreach ((int units, int places, int heads) in Shapes)
        {
            foreach (int batch in (int[])[0, 1, 2, 5, 8, 9, 16, 17, 33])
            {
                foreach (bool hasTokens in (bool[])[false, true])
                    Check(new AttentionShape(units, places, heads), batch, hasTokens, (_, _) => { });
            }
        }
    }

    /// <summary>exp of such scores would overflow, and that of the others would be 0 without a common factor.</summary>
    [Fact]
    public void Large_scores_do_not_overflow() => Check(new AttentionShape(4, 6, 2), 19, true, (values, batch) =>
    {
        for (int i = 0; i < values.Length; i++)
            values[i] *= i / (4 * 6) % 3 == 2 ? 1 : 12;
    }, error: 1e-3);

    /// <summary>A query that is not finite spoils its own output; a key or a value those of all queries of its head and sample.</summary>
    [Fact]
    public void Numbers_that_are_not_finite_agree_with_the_reference() =>
        Check(new AttentionShape(4, 5, 2), 19, false, (values, batch) =>
        {
            (values[(2 * 60) + 3], values[(5 * 60) + 22], values[(17 * 60) + 47]) = (float.NaN, float.NaN, float.PositiveInfinity);
        });

    /// <summary>Expected values by hand: two keys with scores 0 and √2 · ln 3 / √2, so probabilities ¼ and ¾.</summary>
    [Fact]
    public void Values_are_means_weighted_by_probabilities()
    {
        float root = MathF.Sqrt(2) * MathF.Log(3);
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, 2);
            var shape = new AttentionShape(2, 2, 1);
            Activations qkv = bench.Input(12, [1, 1, 0, 0, 0, root, 5, 5, 4, 8, 0, 4, 1, 1, 0, 0, 0, root, 5, 5, 4, 8, 0, 4]);
            Activations tokens = bench.Input(2, [3, -1, -1, -1]), probabilities = bench.Output(4), y = bench.Output(4);
            bench.Kernels.AttentionForward(shape, qkv, null, probabilities, y, 1);
            Assert.All(Workbench.Read(probabilities, 1).Zip([0.25, 0.75, 0.25, 0.75]), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
            Assert.All(Workbench.Read(y, 1).Zip([7.0, 7, 3, 3]), pair => Assert.Equal(pair.Second, pair.First, 1e-5));

            bench.Kernels.AttentionForward(shape, qkv, tokens, probabilities, y, 2);
            Assert.Equal([1, 0, 1, 0, 0, 0, 0, 0], Workbench.Read(probabilities, 2));
            Assert.Equal([4, 4, 0, 0, 0, 0, 0, 0], Workbench.Read(y, 2));
        }
    }

    /// <summary>The loops that everything else is compared with, against differences of their own outputs.</summary>
    [Fact]
    public void The_gradient_of_the_reference_is_that_of_finite_differences()
    {
        const double Step = 1e-5;
        const int Batch = 3;
        foreach (AttentionShape shape in (AttentionShape[])[new(4, 3, 2), new(3, 4, 1), new(2, 2, 2)])
        {
            using var bench = new Workbench(new ReferenceDevice(ElementType.Float64), Batch);
            double[] values = Array.ConvertAll(bench.Values(shape.InputCount * Batch), value => (double)value);
            double[] slopes = Array.ConvertAll(bench.Values(shape.OutputCount * Batch), value => (double)value);
            Activations tokens = bench.Input(shape.Places, bench.Tokens(shape.Places, 9, Batch));
            Activations qkv = bench.Output(shape.InputCount), dqkv = bench.Output(shape.InputCount);
            Activations probabilities = bench.Output(shape.ProbabilityCount), y = bench.Output(shape.OutputCount), dy = bench.Output(shape.OutputCount);
            double Loss()
            {
                qkv.Write(values, Batch);
                bench.Kernels.AttentionForward(shape, qkv, tokens, probabilities, y, Batch);
                return Workbench.Read(y, Batch).Zip(slopes, (output, slope) => output * slope).Sum();
            }

            _ = Loss();
            dy.Write(slopes, Batch);
            bench.Kernels.AttentionInputGradient(shape, qkv, probabilities, dy, dqkv, Batch);
            double[] gradient = Workbench.Read(dqkv, Batch);
            for (int i = 0; i < values.Length; i++)
            {
                double value = values[i];
                values[i] = value + Step;
                double above = Loss();
                values[i] = value - Step;
                double below = Loss();
                values[i] = value;
                Assert.Equal((above - below) / (2 * Step), gradient[i], 1e-8);
            }
        }
    }

    private static void Check(AttentionShape shape, int batch, bool hasTokens, Action<float[], int> change, double error = 2e-5)
    {
        foreach (int capacity in Sizes.Capacities(batch))
        {
            Agreement.Check($"{shape}, batch {batch} of {capacity}", capacity, bench =>
            {
                float[] values = bench.Values(shape.InputCount * batch);
                change(values, batch);
                Activations? tokens = hasTokens ? bench.Input(shape.Places, bench.Tokens(shape.Places, 9, batch)) : null;
                Activations qkv = bench.Input(shape.InputCount, values), dy = bench.Input(shape.OutputCount, batch);
                Activations probabilities = bench.Output(shape.ProbabilityCount), y = bench.Output(shape.OutputCount);
                Activations dqkv = bench.Output(shape.InputCount);
                bench.Kernels.AttentionForward(shape, qkv, tokens, probabilities, y, batch);
                double[] forward = [.. Workbench.Read(probabilities, batch), .. Workbench.Read(y, batch)];
                bench.Kernels.AttentionInputGradient(shape, qkv, probabilities, dy, dqkv, batch);
                return [.. forward, .. Workbench.Read(dqkv, batch)];
            }, error: error, hasBodies: true);
        }
    }
}
