using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class EmbeddingKernelTests
{
    private static readonly int[] Dimensions = [1, 2, 3, 7, 8, 9, 16, 31, 33, 64, 67, 129];

    private static readonly int[] Batches = [0, 1, 2, 5, 8, 9, 16, 17, 33];

    [Fact]
    public void Embeddings_and_their_gradients_agree_with_the_reference()
    {
        foreach (int dimension in Dimensions)
        {
            foreach (int places in (int[])[1, 2, 5, 13])
            {
                foreach (int batch in Batches)
                {
                    Check(dimension, places, vocabulary: 11, batch, Embedding);
                    Check(dimension, places, vocabulary: 11, batch, EmbeddingWithoutPositions);
                }
            }
        }
    }

    [Fact]
    public void Bags_and_their_gradients_agree_with_the_reference()
    {
        foreach (int dimension in Dimensions)
        {
            foreach (int places in (int[])[1, 2, 5, 40])
            {
                foreach (int batch in Batches)
                {
                    foreach (bool mean in (bool[])[false, true])
                        Check(dimension, places, vocabulary: 29, batch, Bag(mean));
                }
            }
        }
    }

    /// <summary>A number that is not finite reaches the samples and rows that it belongs to, and no others.</summary>
    [Fact]
    public void Rows_and_gradients_that_are_not_finite_agree_with_the_reference()
    {
        foreach (int dimension in (int[])[5, 64])
        {
            Check(dimension, places: 6, vocabulary: 7, batch: 19, Embedding, isFinite: false);
            Check(dimension, places: 6, vocabulary: 7, batch: 19, Bag(mean: true), isFinite: false);
        }
    }

    [Fact]
    public void Values_are_rows_of_the_table()
    {
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, capacity: 3);
            DeviceBuffer table = bench.Buffer([1, 2, 3, 4, 5, 6]), positions = bench.Buffer([10, 20, 30, 40]);
            Activations tokens = bench.Input(2, [2, 0, -1, 2, -1, -1]), sequences = bench.Output(4), bags = bench.Output(2);
            bench.Kernels.EmbeddingForward(table, positions, 2, tokens, sequences, 3);
            Assert.Equal([15, 31, 26, 42, 0, 35, 0, 46, 0, 0, 0, 0], Workbench.Read(sequences, 3));
            bench.Kernels.EmbeddingForward(table, null, 2, tokens, sequences, 3);
            Assert.Equal([5, 1, 6, 2, 0, 5, 0, 6, 0, 0, 0, 0], Workbench.Read(sequences, 3));
            bench.Kernels.EmbeddingBagForward(table, 2, mean: false, tokens, bags, 3);
            Assert.Equal([6, 8, 5, 6, 0, 0], Workbench.Read(bags, 3));
            bench.Kernels.EmbeddingBagForward(table, 2, mean: true, tokens, bags, 3);
            Assert.Equal([3, 4, 5, 6, 0, 0], Workbench.Read(bags, 3));
        }
    }

    [Fact]
    public void Gradients_are_those_of_the_rows_that_are_read()
    {
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, capacity: 3);
            Activations tokens = bench.Input(2, [2, 0, -1, 2, -1, -1]);
            IndexBuffer slots = bench.Indices(new int[3]), rows = bench.Indices([7, 7, 7, 7]);
            DeviceBuffer gradient = bench.OutputBuffer(8), positions = bench.OutputBuffer(4);
            Activations dy = bench.Input(4, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
            bench.Kernels.EmbeddingGradient(2, tokens, dy, slots, rows, gradient, positions, 3);
            Assert.Equal([2, 0, -1, -1], Workbench.Read(rows));
            Assert.Equal([7, 11, 2, 4, 0, 0, 0, 0], Workbench.Read(gradient));
            Assert.Equal([1, 3, 8, 12], Workbench.Read(positions));
            Assert.Equal([0, 0, 0], Workbench.Read(slots));

            Activations bags = bench.Input(2, [2, 4, 6, 8, 10, 12]);
            bench.Kernels.EmbeddingBagGradient(2, mean: true, tokens, bags, slots, rows, gradient, 3);
            Assert.Equal([2, 0, -1, -1], Workbench.Read(rows));
            Assert.Equal([7, 10, 1, 2, 0, 0, 0, 0], Workbench.Read(gradient));
            Assert.Equal([0, 0, 0], Workbench.Read(slots));
        }
    }

    public static TheoryData<float, string> Refused => new()
    {
        { 3, "Sample 17 of the batch has token 3 at place 1, outside 0 to 2" },
        { 1.5f, "Sample 17 of the batch has token 1.5 at place 1, which is not a whole number" },
        { float.NaN, "Sample 17 of the batch has token NaN at place 1, outside 0 to 2" },
        { float.PositiveInfinity, "at place 1, outside 0 to 2" },
    };

    /// <summary>Nothing is written, and the slots stay 0.</summary>
    [Theory]
    [MemberData(nameof(Refused))]
    public void Tokens_that_are_no_row_are_refused(float token, string message)
    {
        const int Batch = 18;
        foreach (Device device in (Device[])[.. Agreement.All, new BareDevice<float>()])
        {
            using var bench = new Workbench(device, Batch);
            float[] numbers = [.. bench.Tokens(2, 3, Batch)];
            numbers[^1] = token;
            Activations tokens = bench.Input(2, numbers), sequences = bench.Input(4, Batch), bags = bench.Input(2, Batch);
            DeviceBuffer table = bench.Buffer(bench.Values(6)), gradient = bench.Buffer(bench.Values(6)), positions = bench.Buffer(bench.Values(4));
            IndexBuffer slots = bench.Indices(new int[3]), rows = bench.Indices([4, 5, 6]);
            double[] State() =>
            [
                .. Workbench.Read(sequences, Batch), .. Workbench.Read(bags, Batch), .. Workbench.Read(gradient), .. Workbench.Read(positions),
                .. Workbench.Read(slots), .. Workbench.Read(rows),
            ];

            double[] before = State();
            Action[] calls =
            [
                () => bench.Kernels.EmbeddingForward(table, null, 2, tokens, sequences, Batch),
                () => bench.Kernels.EmbeddingBagForward(table, 2, true, tokens, bags, Batch),
                () => bench.Kernels.EmbeddingGradient(2, tokens, sequences, slots, rows, gradient, positions, Batch),
                () => bench.Kernels.EmbeddingBagGradient(2, true, tokens, bags, slots, rows, gradient, Batch),
            ];
            foreach (Action call in calls)
                Assert.Contains(message, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
            Assert.Equal(before, State());
        }
    }

    private static void Check(
        int dimension, int places, int vocabulary, int batch, Run run, bool isFinite = true)
    {
        foreach (int capacity in Sizes.Capacities(batch))
        {
            Agreement.Check($"{places} tokens of {dimension}, batch {batch} of {capacity}", capacity, bench =>
            {
                float[] table = bench.Values(vocabulary * dimension);
                if (!isFinite)
                    (table[dimension], table[(5 * dimension) + 4]) = (float.NaN, float.NegativeInfinity);
                Activations tokens = bench.Input(places, bench.Tokens(places, vocabulary, batch));
                return run(bench, bench.Buffer(table), tokens, dimension, vocabulary, batch, isFinite);
            }, scale: places * 2, hasBodies: true);
        }
    }

    private delegate double[] Run(
        Workbench bench, DeviceBuffer table, Activations tokens, int dimension, int vocabulary, int batch, bool isFinite);

    private static double[] Embedding(
        Workbench bench, DeviceBuffer table, Activations tokens, int dimension, int vocabulary, int batch, bool isFinite) => RunEmbedding(
        bench, table, bench.Buffer(bench.Values(tokens.Features * dimension)), tokens, dimension, vocabulary, batch, isFinite);

    private static double[] EmbeddingWithoutPositions(
        Workbench bench, DeviceBuffer table, Activations tokens, int dimension, int vocabulary, int batch, bool isFinite) =>
        RunEmbedding(bench, table, null, tokens, dimension, vocabulary, batch, isFinite);

    private static double[] RunEmbedding(
        Workbench bench, DeviceBuffer table, DeviceBuffer? positions, Activations tokens, int dimension, int vocabulary, int batch,
        bool isFinite)
    {
        int features = tokens.Features * dimension;
        Activations y = bench.Output(features), dy = bench.Input(features, Slopes(bench, features * batch, isFinite));
        (IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient) = Rows(bench, tokens, dimension, vocabulary, batch);
        DeviceBuffer? positionGradient = positions is null ? null : bench.OutputBuffer(positions.Length);
        bench.Kernels.EmbeddingForward(table, positions, dimension, tokens, y, batch);
        bench.Kernels.EmbeddingGradient(dimension, tokens, dy, slots, rows, gradient, positionGradient, batch);
        return
        [
            .. Workbench.Read(y, batch), .. Workbench.Read(gradient), .. positionGradient is null ? [] : Workbench.Read(positionGradient),
            .. Workbench.Read(rows), .. Workbench.Read(slots),
        ];
    }

    private static Run Bag(bool mean) => (bench, table, tokens, dimension, vocabulary, batch, isFinite) =>
    {
        Activations y = bench.Output(dimension), dy = bench.Input(dimension, Slopes(bench, dimension * batch, isFinite));
        (IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient) = Rows(bench, tokens, dimension, vocabulary, batch);
        bench.Kernels.EmbeddingBagForward(table, dimension, mean, tokens, y, batch);
        bench.Kernels.EmbeddingBagGradient(dimension, mean, tokens, dy, slots, rows, gradient, batch);
        return [.. Workbench.Read(y, batch), .. Workbench.Read(gradient), .. Workbench.Read(rows), .. Workbench.Read(slots)];
    };

    private static float[] Slopes(Workbench bench, int count, bool isFinite)
    {
        float[] slopes = bench.Values(count);
        if (!isFinite)
            (slopes[3], slopes[count / 2]) = (float.NaN, float.PositiveInfinity);
        return slopes;
    }

    /// <summary>One row more than necessary, to see that it is cleared.</summary>
    private static (IndexBuffer Slots, IndexBuffer Rows, DeviceBuffer Gradient) Rows(
        Workbench bench, Activations tokens, int dimension, int vocabulary, int batch)
    {
        int count = Math.Min(vocabulary, batch * tokens.Features) + 1;
        var rows = new int[count];
        Array.Fill(rows, 77);
        return (bench.Indices(new int[vocabulary]), bench.Indices(rows), bench.OutputBuffer(count * dimension));
    }
}
