using Fpe.Compute;
using Fpe.Compute.Cpu;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>Sizes are such that every kernel has work for several threads.</summary>
public class ThreadTests
{
    private const int Inputs = 210, Outputs = 260, Batch = 150;

    public static TheoryData<EdgeStructure, string> Cases
    {
        get
        {
            var cases = new TheoryData<EdgeStructure, string>();
            foreach (EdgeStructure structure in Enum.GetValues<EdgeStructure>())
            {
                foreach (string width in Enum.GetNames<VectorWidth>())
                    cases.Add(structure, width);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Results_do_not_depend_on_the_number_of_threads(EdgeStructure structure, string width)
    {
        var vectors = Enum.Parse<VectorWidth>(width);
        var alone = Train(new CpuDevice(1, vectors), structure);
        for (int threads = 2; threads <= 4; threads++)
        {
            var device = new CpuDevice(threads, vectors);
            for (int repetition = 0; repetition < 3; repetition++)
                Assert.Equal(alone, Train(device, structure));
        }
    }

    [Fact]
    public void Callers_share_a_device_with_threads()
    {
        var device = new CpuDevice(3);
        var alone = Train(new CpuDevice(1), EdgeStructure.OwnPartition);
        var together = new double[4][];
        var callers = Array.ConvertAll([0, 1, 2, 3], caller => new Thread(() => together[caller] = Train(device, EdgeStructure.OwnPartition)));
        foreach (Thread caller in callers)
            caller.Start();
        foreach (Thread caller in callers)
            caller.Join();
        Assert.All(together, result => Assert.Equal(alone, result));
    }

    [Fact]
    public void The_number_of_threads_can_change_between_calls()
    {
        var device = new CpuDevice(1);
        var alone = Train(device, EdgeStructure.SharedBlocks);
        foreach (int threads in (int[])[3, 2, 2, 1, 4])
        {
            device.Threads = threads;
            Assert.Equal(threads, device.Threads);
            Assert.Equal(alone, Train(device, EdgeStructure.SharedBlocks));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => device.Threads = 0);
    }

    [Fact]
    public unsafe void No_thread_allocates()
    {
        const int Threads = 3;
        var device = new CpuDevice(Threads);
        using var bench = new Workbench(device, Batch);
        Action step = Step(bench, EdgeStructure.OwnPartition, out _);
        for (int i = 0; i < 20; i++)
            step();
        long* before = stackalloc long[2 * Threads], after = stackalloc long[2 * Threads];
        AllocatedByThread(device, Threads, before);
        for (int i = 0; i < 20; i++)
            step();
        AllocatedByThread(device, Threads, after);
        Assert.Equal(Sorted(before, Threads), Sorted(after, Threads));
    }

    [Fact]
    public void Norms_and_their_like_do_not_depend_on_the_number_of_threads()
    {
        double[] Run(Device device)
        {
            using var bench = new Workbench(device, Batch);
            NormStep(bench, out Func<double[]> result)();
            return result();
        }

        var alone = Run(new CpuDevice(1));
        Assert.DoesNotContain(double.NaN, alone);
        for (int threads = 2; threads <= 4; threads++)
            Assert.Equal(alone, Run(new CpuDevice(threads)));
    }

    [Fact]
    public void Tokens_and_sequences_do_not_depend_on_the_number_of_threads()
    {
        double[] Run(Device device)
        {
            using var bench = new Workbench(device, Batch);
            SequenceStep(bench, out Func<double[]> result)();
            return result();
        }

        foreach (VectorWidth width in Enum.GetValues<VectorWidth>())
        {
            var alone = Run(new CpuDevice(1, width));
            Assert.DoesNotContain(double.NaN, alone);
            for (int threads = 2; threads <= 4; threads++)
                Assert.Equal(alone, Run(new CpuDevice(threads, width)));
        }
    }

    [Fact]
    public void Tokens_and_sequences_allocate_nothing()
    {
        using var bench = new Workbench(new CpuDevice(1), Batch);
        Action step = SequenceStep(bench, out _);
        Assert.Equal(0, Allocations.Fewest(step));
    }

    [Fact]
    public void Norms_and_their_like_allocate_nothing()
    {
        using var bench = new Workbench(new CpuDevice(1), Batch);
        Action step = NormStep(bench, out _);
        Assert.Equal(0, Allocations.Fewest(step));
    }

    [Fact]
    public void Moves_and_sums_do_not_depend_on_the_number_of_threads()
    {
        double[] Run(Device device)
        {
            using var bench = new Workbench(device);
            int[] places = [.. Enumerable.Range(0, 200_000)];
            new Random(1).Shuffle(places);
            DeviceBuffer values = bench.Buffer(bench.Values(places.Length));
            bench.Kernels.MoveValues(bench.Indices(places[..80_000]), bench.Indices(places[120_000..]), values);
            bench.Kernels.AddAll([bench.Buffer(bench.Values(places.Length)), bench.Buffer(bench.Values(places.Length))], values);
            return Workbench.Read(values);
        }

        double[] alone = Run(new CpuDevice(1));
        Assert.DoesNotContain(double.NaN, alone);
        for (int threads = 2; threads <= 4; threads++)
            Assert.Equal(alone, Run(new CpuDevice(threads)));
    }

    [Fact]
    public void Gradients_of_chunks_do_not_depend_on_the_number_of_threads()
    {
        double[] Run(Device device)
        {
            using var bench = new Workbench(device, capacity: 64);
            DeviceEdges edges = bench.Edges(LayoutOf(EdgeStructure.SharedBlocks));
            DeviceBuffer dw = bench.Output(edges), db = bench.OutputBuffer(Outputs);
            EdgeChunk[] chunks = [.. Enumerable.Range(0, 4).Select(_ => new EdgeChunk(bench.Input(Inputs, 64), null, bench.Input(Outputs, 64), bench.Input(Outputs, 64), null, 64))];
            bench.Kernels.EdgeWeightGradientOfChunks(edges, ActivationFunction.Relu, chunks, dw, db);
            return [.. Workbench.Read(dw), .. Workbench.Read(db)];
        }

        double[] alone = Run(new CpuDevice(1));
        Assert.DoesNotContain(double.NaN, alone);
        for (int threads = 2; threads <= 4; threads++)
            Assert.Equal(alone, Run(new CpuDevice(threads)));
    }

    /// <summary>In another order, or with other roundings, the sum would have other bits.</summary>
    [Fact]
    public void Sums_are_rounded_term_by_term()
    {
        const int Terms = 18;
        using var bench = new Workbench(new CpuDevice(1));
        float[][] terms = [.. Enumerable.Range(0, Terms).Select(t => Array.ConvertAll(bench.Values(1000), value => value * MathF.Pow(10, t % 5)))];
        var expected = new float[1000];
        foreach (float[] term in terms)
        {
            for (int i = 0; i < expected.Length; i++)
                expected[i] += term[i];
        }

        DeviceBuffer y = bench.Buffer(new float[expected.Length]);
        bench.Kernels.AddAll([.. terms.Select(bench.Buffer)], y);
        Assert.Equal(Array.ConvertAll(expected, value => (double)value), Workbench.Read(y));
    }

    /// <summary>As many values as it takes to wake a thread for copies of them.</summary>
    private static Action NormStep(Workbench bench, out Func<double[]> result)
    {
        const int Places = 8, Channels = 900, Features = Places * Channels;
        var windows = new Pool2dShape(new ImageShape(Channels, 2, 4), kernel: 2, stride: 1);
        Activations x = bench.Input(Features, Batch), y = bench.Output(Features), z = bench.Output(Features), dx = bench.Output(Features);
        Activations means = bench.Output(Channels), statistics = bench.Output(2), pooled = bench.Output(windows.Output.Count);
        DeviceBuffer scale = bench.Buffer(bench.Values(Features)), shift = bench.Buffer(bench.Values(Features));
        DeviceBuffer dScale = bench.OutputBuffer(Features), dShift = bench.OutputBuffer(Features);
        DeviceBuffer channelScale = bench.Buffer(bench.Values(Channels)), channelShift = bench.Buffer(bench.Values(Channels));
        DeviceBuffer dChannelScale = bench.OutputBuffer(Channels), dChannelShift = bench.OutputBuffer(Channels);
        DeviceBuffer mean = bench.Buffer(new float[Channels]), variance = bench.Buffer(new float[Channels]);
        DeviceBuffer moments = bench.OutputBuffer(2 * Channels);
        IKernels kernels = bench.Kernels;
        result = () =>
        [
            .. Workbench.Read(z, Batch), .. Workbench.Read(dx, Batch), .. Workbench.Read(means, Batch), .. Workbench.Read(dScale),
            .. Workbench.Read(dShift), .. Workbench.Read(dChannelScale), .. Workbench.Read(dChannelShift), .. Workbench.Read(mean),
            .. Workbench.Read(variance),
        ];
        return () =>
        {
            kernels.LayerNormForward(1, scale, shift, 1e-5, x, y, statistics, Batch);
            kernels.Activate(ActivationFunction.Gelu, y, y, Batch);
            kernels.BatchNormForward(Places, channelScale, channelShift, 1e-5, 0.1, mean, variance, moments, y, z, Batch);
            kernels.AddFeatures(x, 0, z, 0, Features, Batch);
            kernels.AvgPool2dForward(windows, z, pooled, Batch);
            kernels.AvgPool2dInputGradient(windows, pooled, z, Batch);
            kernels.MeanOfPlaces(Places, z, means, Batch);
            kernels.MeanOfPlacesGradient(Places, means, dx, Batch);
            kernels.BatchNormParameterGradient(Places, moments, y, dx, dChannelScale, dChannelShift, Batch);
            kernels.BatchNormInputGradient(Places, channelScale, moments, dChannelScale, dChannelShift, y, dx, z, Batch);
            kernels.LayerNormParameterGradient(1, statistics, x, z, dScale, dShift, Batch);
            kernels.LayerNormInputGradient(1, scale, statistics, x, z, dx, Batch);
            kernels.BatchNormPredict(Places, channelScale, channelShift, 1e-5, mean, variance, dx, y, Batch);
            kernels.DropoutOfChannels(Places, 0.3, 1, 2, y, y, Batch);
            kernels.CopyFeatures(y, 0, z, 0, Features, Batch);
        };
    }

    /// <summary>A transformer's kernels, and those of a bag of tokens.</summary>
    private static Action SequenceStep(Workbench bench, out Func<double[]> result)
    {
        const int Places = 34, Units = 40, Vocabulary = 900, Rows = Vocabulary + 3;
        var shape = new AttentionShape(Units, Places, heads: 4);
        var adam = new AdamConstants(0.01, 0.9, 0.999, 1e-8, 0.01, Decoupled: true, Step: 2);
        var sgd = new SgdConstants(0.01, 0.9, Nesterov: false, WeightDecay: 0);
        Activations tokens = bench.Input(Places, bench.Tokens(Places, Vocabulary, Batch));
        Activations x = bench.Output(Units * Places), y = bench.Output(Units * Places), statistics = bench.Output(2 * Places);
        Activations qkv = bench.Input(shape.InputCount, Batch), dqkv = bench.Output(shape.InputCount);
        Activations probabilities = bench.Output(shape.ProbabilityCount), dx = bench.Output(Units * Places);
        Activations means = bench.Output(Units), bags = bench.Output(Units);
        DeviceBuffer table = bench.Buffer(bench.Values(Vocabulary * Units)), positions = bench.Buffer(bench.Values(Places * Units));
        DeviceBuffer first = bench.Buffer(new float[Vocabulary * Units]), second = bench.Buffer(new float[Vocabulary * Units]);
        DeviceBuffer gradient = bench.OutputBuffer(Rows * Units), positionGradient = bench.OutputBuffer(Places * Units);
        DeviceBuffer scale = bench.Buffer(bench.Values(Units)), shift = bench.Buffer(bench.Values(Units));
        DeviceBuffer dScale = bench.OutputBuffer(Units), dShift = bench.OutputBuffer(Units);
        IndexBuffer slots = bench.Indices(new int[Vocabulary]), rows = bench.Indices(new int[Rows]);
        IKernels kernels = bench.Kernels;
        result = () =>
        [
            .. Workbench.Read(x, Batch), .. Workbench.Read(dx, Batch), .. Workbench.Read(dqkv, Batch), .. Workbench.Read(bags, Batch), .. Workbench.Read(table),
            .. Workbench.Read(first), .. Workbench.Read(positionGradient), .. Workbench.Read(gradient), .. Workbench.Read(rows),
            .. Workbench.Read(dScale), .. Workbench.Read(dShift),
        ];
        return () =>
        {
            kernels.EmbeddingForward(table, positions, Units, tokens, x, Batch);
            kernels.AttentionForward(shape, qkv, tokens, probabilities, y, Batch);
            kernels.AddFeatures(y, 0, x, 0, Units * Places, Batch);
            kernels.LayerNormForward(Places, scale, shift, 1e-5, x, y, statistics, Batch);
            kernels.MeanOfTokens(tokens, y, means, Batch);
            kernels.MeanOfTokensGradient(tokens, means, y, Batch);
            kernels.LayerNormParameterGradient(Places, statistics, x, y, dScale, dShift, Batch);
            kernels.AttentionInputGradient(shape, qkv, probabilities, y, dqkv, Batch);
            kernels.MeanOfTokensGradient(tokens, means, y, Batch);
            kernels.LayerNormInputGradient(Places, scale, statistics, x, y, dx, Batch);
            kernels.EmbeddingGradient(Units, tokens, y, slots, rows, gradient, positionGradient, Batch);
            kernels.AdamStepRows(rows, table, gradient, first, second, in adam);
            kernels.EmbeddingBagForward(table, Units, mean: true, tokens, bags, Batch);
            kernels.EmbeddingBagGradient(Units, mean: true, tokens, means, slots, rows, gradient, Batch);
            kernels.SgdStepRows(rows, table, gradient, first, in sgd);
        };
    }

    private static double[] Train(Device device, EdgeStructure structure)
    {
        using var bench = new Workbench(device, Batch);
        Action step = Step(bench, structure, out Func<double[]> result);
        for (int i = 0; i < 5; i++)
            step();
        return result();
    }

    /// <summary>A layer that learns to give 0, and the layer below it.</summary>
    private static Action Step(Workbench bench, EdgeStructure structure, out Func<double[]> result)
    {
        DeviceEdges edges = bench.Edges(LayoutOf(structure));
        DeviceBuffer w = bench.Weights(edges), dw = bench.Output(edges), b = bench.Buffer(bench.Values(Outputs));
        DeviceBuffer m = bench.Buffer(new float[w.Length]), v = bench.Buffer(new float[w.Length]), db = bench.OutputBuffer(Outputs);
        Activations x = bench.Input(Inputs, Batch), z = bench.Output(Outputs), y = bench.Output(Outputs), dx = bench.Output(Inputs);
        Activations target = bench.Input(Outputs, new float[Outputs * Batch]), dy = bench.Output(Outputs);
        DeviceEdges readerEdges = bench.Edges(EdgeLayout.Dense(10, Outputs));
        var reader = new EdgeReader(readerEdges, bench.Weights(readerEdges), bench.Input(10, Batch), bench.Input(10, Batch));
        DeviceBuffer loss = bench.OutputBuffer(1), through = bench.Output(edges);
        IKernels kernels = bench.Kernels;
        var adam = new AdamConstants(0.01, 0.9, 0.999, 1e-8, 0.1, true, 1);
        result = () => [.. Workbench.Read(w), .. Workbench.Read(through), .. Workbench.Read(db), .. Workbench.Read(dx, Batch), .. Workbench.Read(y, Batch)];
        return () =>
        {
            kernels.EdgeForward(edges, w, b, ActivationFunction.Relu, x, null, y, Batch);
            kernels.EdgeForward(edges, w, b, ActivationFunction.Gelu, x, z, y, Batch);
            kernels.MeanSquaredError(y, target, dy, loss, 0, Batch);
            kernels.EdgeWeightGradient(edges, ActivationFunction.Gelu, x, z, y, dy, dw, db, Batch);
            kernels.EdgeInputGradient(edges, w, ActivationFunction.Gelu, z, y, dy, dx, Batch);
            kernels.AdamStep(w, dw, m, v, adam);
            kernels.EdgeWeightGradientThrough(reader, edges, ActivationFunction.Relu, x, null, y, dy, through, db, Batch);
        };
    }

    private static EdgeLayout LayoutOf(EdgeStructure structure)
    {
        if (structure == EdgeStructure.Dense)
            return EdgeLayout.Dense(Outputs, Inputs);
        int height = structure == EdgeStructure.SharedBlocks ? 20 : 1;
        int spacing = structure == EdgeStructure.Sparse ? 7 : 2;
        var blocks = new List<(int[] Rows, int[] Columns)>();
        for (int first = 0; first < Outputs; first += height)
        {
            int start = first;
            int[] columns = [.. Enumerable.Range(0, Inputs).Where(column => (column * 31 + start) % spacing == 0)];
            blocks.Add(([.. Enumerable.Range(first, height)], columns));
        }

        return EdgeLayout.OfBlocks(structure, Outputs, Inputs, blocks);
    }

    /// <summary>Thread by thread, its number and the bytes it has allocated. Each is held up until all have reported.</summary>
    private static unsafe void AllocatedByThread(CpuDevice device, int threads, long* reports)
    {
        var waiting = new Waiting { Threads = threads, Reports = reports };
        if (!device.Pool!.TryRun(threads, &Report, &waiting))
            throw new InvalidOperationException("The pool serves somebody else.");
    }

    private static unsafe void Report(void* arguments, int chunk)
    {
        var waiting = (Waiting*)arguments;
        waiting->Reports[2 * chunk] = Environment.CurrentManagedThreadId;
        waiting->Reports[2 * chunk + 1] = GC.GetAllocatedBytesForCurrentThread();
        Interlocked.Decrement(ref waiting->Threads);
        while (Volatile.Read(ref waiting->Threads) > 0)
            Thread.Yield();
    }

    private static unsafe List<(long Thread, long Bytes)> Sorted(long* reports, int threads)
    {
        var sorted = new List<(long Thread, long Bytes)>();
        for (int t = 0; t < threads; t++)
            sorted.Add((reports[2 * t], reports[2 * t + 1]));
        sorted.Sort();
        return sorted;
    }

    private unsafe struct Waiting
    {
        public int Threads;
        public long* Reports;
    }
}
