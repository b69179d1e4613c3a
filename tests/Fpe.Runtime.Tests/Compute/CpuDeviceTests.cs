using Fpe.Compute;
using Fpe.Compute.Cpu;

namespace Fpe.Runtime.Tests.Compute;

public class CpuDeviceTests
{
    private const int Inputs = 40, Hidden = 24, Classes = 5, Batch = 37;

    [Fact]
    public void A_training_step_allocates_nothing()
    {
        using var bench = new Workbench(Device.Default, Batch);
        Action step = TrainingStep(bench);
        Assert.Equal(0, Allocations.Fewest(step));
    }

    /// <summary>Edges are prepared anew whenever edges are learned, those of all gradients included.</summary>
    [Fact]
    public void Dense_edges_are_prepared_and_read_without_memory_for_each()
    {
        EdgeLayout layout = EdgeLayout.Dense(512, 512);
        var slots = new double[layout.SlotCount];
        using DeviceBuffer values = Device.Default.Allocate(layout.SlotCount);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using DeviceEdges edges = Device.Default.Prepare(layout);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, layout.SlotCount / 4);

        Assert.Equal(0, Allocations.Fewest(() => edges.Write(slots, values)));
        Assert.Equal(0, Allocations.Fewest(() => edges.Read(values, slots)));
    }

    [Fact]
    public void Models_train_at_the_same_time_as_they_would_alone()
    {
        var alone = Train(seed: 1);
        var together = new double[8][];
        Parallel.For(0, together.Length, i => together[i] = Train(seed: 1 + i % 2));
        for (int i = 0; i < together.Length; i += 2)
            Assert.Equal(alone, together[i]);
    }

    [Fact]
    public void A_buffer_is_not_used_after_it_was_freed()
    {
        DeviceBuffer buffer = Device.Default.Allocate(3);
        IndexBuffer indices = Device.Default.AllocateIndices(3);
        Activations activations = Device.Default.AllocateActivations(2, 3);
        DeviceEdges edges = Device.Default.Prepare(EdgeLayout.Dense(2, 2));
        using Activations x = Device.Default.AllocateActivations(2, 3), y = Device.Default.AllocateActivations(2, 3);
        using DeviceBuffer weights = Device.Default.Allocate(4), bias = Device.Default.Allocate(2);
        foreach (IDisposable item in new IDisposable[] { buffer, indices, activations, edges })
        {
            item.Dispose();
            item.Dispose();
        }

        Assert.Throws<ObjectDisposedException>(() => buffer.Write([1f]));
        Assert.Throws<ObjectDisposedException>(() => indices.Read(new int[1]));
        Assert.Throws<ObjectDisposedException>(() => activations.Write([1, 2], 1));
        Assert.Throws<ObjectDisposedException>(() => Device.Default.Kernels.Fill(buffer, 1));
        Assert.Throws<ObjectDisposedException>(() =>
            Device.Default.Kernels.EdgeForward(edges, weights, bias, ActivationFunction.Relu, x, null, y, 1));
    }

    [Fact]
    public void There_is_one_default_device()
    {
        Assert.Same(CpuDevice.Instance, Device.Default);
        Assert.Equal(ElementType.Float32, Device.Default.ElementType);
    }

    private static double[] Train(long seed)
    {
        using var bench = new Workbench(Device.Default, Batch, seed);
        DeviceBuffer weights = null!;
        Action step = TrainingStep(bench, created => weights = created);
        for (int i = 0; i < 20; i++)
            step();
        return Workbench.Read(weights);
    }

    /// <summary>Two layers, the second with a block per row, and every kind of kernel a step may call.</summary>
    private static Action TrainingStep(Workbench bench, Action<DeviceBuffer>? created = null)
    {
        DeviceEdges first = bench.Edges(EdgeLayout.Dense(Hidden, Inputs));
        DeviceEdges second = bench.Edges(EdgeLayout.OfBlocks(
            EdgeStructure.OwnPartition, Classes, Hidden,
            [.. Enumerable.Range(0, Classes).Select(row => (new[] { row }, Enumerable.Range(row, Hidden - Classes).ToArray()))]));
        DeviceBuffer w1 = bench.Weights(first), w2 = bench.Weights(second);
        DeviceBuffer b1 = bench.Buffer(new float[Hidden]), b2 = bench.Buffer(new float[Classes]);
        DeviceBuffer dw1 = bench.Output(first), db1 = bench.OutputBuffer(Hidden);
        DeviceBuffer dw2 = bench.Output(second), db2 = bench.OutputBuffer(Classes);
        DeviceBuffer m = bench.Buffer(new float[w1.Length]), v = bench.Buffer(new float[w1.Length]);
        DeviceBuffer rows = bench.Buffer(bench.Values(100 * Inputs)), losses = bench.Buffer(new float[4]);
        IndexBuffer order = bench.Indices(bench.Labels(Batch, 100)), classes = bench.Indices(bench.Labels(100, Classes));
        IndexBuffer labels = bench.Indices(new int[Batch]);
        Activations x = bench.Output(Inputs), z = bench.Output(Hidden), y = bench.Output(Hidden), logits = bench.Output(Classes);
        Activations dy = bench.Output(Hidden), dLogits = bench.Output(Classes), targets = bench.Input(Classes, Batch);
        Activations weights = bench.Input(1, Batch);
        DeviceBuffer outputWeights = bench.Buffer(bench.Values(Classes));
        IKernels kernels = bench.Kernels;
        var adam = new AdamConstants(0.01, 0.9, 0.999, 1e-8, 0.1, true, 1);
        DeviceBuffer[] gradients = [dw1, db1];
        ParameterUpdate[] parameters = [new(w1, dw1, [m, v], Decays: true)], plain = [new(w2, dw2, [], Decays: false), new(b2, db2, [], Decays: false)];
        var reader = new EdgeReader(second, w2, logits, dLogits);
        created?.Invoke(w1);
        return () =>
        {
            kernels.GatherRows(rows, order, 0, x, Batch);
            kernels.GatherIndices(classes, order, 0, labels, Batch);
            kernels.EdgeForward(first, w1, b1, ActivationFunction.Gelu, x, z, y, Batch);
            kernels.Dropout(0.2, 1, 2, y, y, Batch);
            kernels.EdgeForward(second, w2, b2, ActivationFunction.Identity, y, null, logits, Batch);
            kernels.MeanSquaredError(logits, targets, dLogits, losses, 0, Batch);
            kernels.SigmoidCrossEntropy(logits, targets, dLogits, losses, 1, Batch);
            kernels.SoftmaxCrossEntropy(logits, labels, dLogits, losses, 2, Batch);
            kernels.WeightedSquaredError(logits, targets, weights, dLogits, losses, 0, Batch, 0.1);
            kernels.WeightedSigmoidCrossEntropy(logits, targets, outputWeights, weights, dLogits, losses, 1, Batch, new LossConstants(0.1, 0.1, 2));
            kernels.WeightedSoftmaxCrossEntropy(logits, labels, outputWeights, weights, dLogits, losses, 2, Batch, new LossConstants(0.1, 0.1, 2));
            kernels.AddScaled(dw1, 0.5, m);
            kernels.CountCorrectClasses(logits, labels, losses, 3, Batch);
            kernels.CountCorrectSigns(logits, targets, losses, 3, Batch);
            kernels.EdgeInputGradient(second, w2, ActivationFunction.Identity, null, logits, dLogits, dy, Batch);
            kernels.EdgeWeightGradient(second, ActivationFunction.Identity, y, null, logits, dLogits, dw2, db2, Batch);
            kernels.EdgeWeightGradient(first, ActivationFunction.Gelu, x, z, y, dy, dw1, db1, Batch);
            kernels.EdgeWeightGradientThrough(reader, first, ActivationFunction.Gelu, x, z, y, dy, dw1, db1, Batch);
            kernels.Fill(losses, 0);
            kernels.AddSquaredNorm(dw1, losses, 0);
            kernels.ClipToNorm(dw1, losses, 0, 1);
            kernels.AdamStep(w1, dw1, m, v, adam);
            kernels.SgdStep(w2, dw2, null, new SgdConstants(0.1, 0, false, 0));
            kernels.AddSquaredNorms(gradients, losses, 0);
            kernels.ClipAllToNorm(gradients, losses, 0, 1);
            kernels.AdamSteps(parameters, adam);
            kernels.SgdSteps(plain, new SgdConstants(0.1, 0, false, 0));
            kernels.Copy(w1, m);
        };
    }
}
