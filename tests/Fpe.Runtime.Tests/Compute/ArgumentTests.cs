using Fpe.Compute;
using Fpe.Research.Reference;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>Every device refuses arguments that do not fit, and says which numbers do not.</summary>
public class ArgumentTests
{
    private static readonly Pool2dShape Windows = new(new ImageShape(1, 3, 3), kernel: 2, stride: 1);

    private static readonly AttentionShape Attention = new(units: 4, places: 2, heads: 2);

    private static readonly LossConstants Plain = new(1, 0, 0);

    private static readonly AdamConstants Adam = new(0.1, 0.9, 0.999, 1e-8, 0, Decoupled: false, Step: 1);

    public static TheoryData<string, Action<Workbench>> Calls => new()
    {
        { "buffer has 3 elements, but the call requires 4", bench => bench.Kernels.Copy(Buffer(bench, 4), Buffer(bench, 3)) },
        { "buffer has 5 elements, but the call requires 6", bench => Forward(bench, weights: 5) },
        { "buffer has 3 elements, but the call requires 2", bench => Forward(bench, bias: 3) },
        { "activations have 4 features, but the call requires 3", bench => Forward(bench, inputs: 4) },
        { "activations have 1 features, but the call requires 2", bench => Forward(bench, outputs: 1) },
        { "batch of 9 samples is outside 0 to the capacity, 8", bench => Forward(bench, batch: 9) },
        { "batch of -1 samples is outside 0 to the capacity, 8", bench => Forward(bench, batch: -1) },
        { "The output is one of the inputs", bench => InPlace(bench) },
        { "buffer has 3 elements, but the call requires 2", bench => WeightGradient(bench, ActivationFunction.Relu, biases: 3) },
        { "buffer has 3 elements, but the call requires 2", bench => WeightGradientThrough(bench, weights: 3) },
        { "activations have 2 features, but the call requires 3", bench => WeightGradientThrough(bench, readerInputs: 3, weights: 2) },
        { "activations have 2 features, but the call requires 1", bench => WeightGradientThrough(bench, readerOutputs: 2) },
        { "z", bench => WeightGradient(bench, ActivationFunction.Gelu) },
        { "Slot 2 is outside the buffer of 2 elements", bench => bench.Kernels.AddSquaredNorm(Buffer(bench, 1), Buffer(bench, 2), 2) },
        { "Slot -1 is outside", bench => bench.Kernels.ClipToNorm(Buffer(bench, 1), Buffer(bench, 2), -1, 1) },
        { "maximum norm must be positive", bench => bench.Kernels.ClipToNorm(Buffer(bench, 1), Buffer(bench, 2), 0, 0) },
        { "dropout rate must be at least 0 and below 1", bench => bench.Kernels.DropoutOfChannels(1, -0.1, 0, 0, bench.Input(1, 1), bench.Output(1), 1) },
        { "places", bench => bench.Kernels.DropoutOfChannels(0, 0.5, 0, 0, bench.Input(1, 1), bench.Output(1), 1) },
        { "activations have 3 features, but the call requires 2", bench => bench.Kernels.DropoutOfChannels(2, 0.5, 0, 0, bench.Input(3, 1), bench.Output(3), 1) },
        { "dropout rate must be at least 0 and below 1", bench => bench.Kernels.Dropout(1, 0, 0, bench.Input(1, 1), bench.Output(1), 1) },
        { "mean over a batch of 0", bench => MeanSquaredError(bench, 0) },
        { "sample 1 of the batch has label 3, outside 0 to 2", bench => Softmax(bench, [0, 3]) },
        { "sample 0 of the batch has label -1", bench => Softmax(bench, [-1, 3]) },
        { "buffer has 1 elements, but the call requires at least 2", bench => Softmax(bench, [0]) },
        { "buffer has 2 elements, but the call requires 3", bench => WeightedSoftmax(bench, classWeights: 2) },
        { "activations have 2 features, but the call requires 1", bench => WeightedSoftmax(bench, weights: 2) },
        { "sample 1 of the batch has label 3, outside 0 to 2", bench => WeightedSoftmax(bench, label: 3) },
        { "label smoothing is 1; it must be at least 0 and below 1", bench => WeightedSoftmax(bench, constants: new(1, 1, 0)) },
        { "exponent of the focal loss is -1; it must be finite and at least 0", bench => WeightedSoftmax(bench, constants: new(1, 0, -1)) },
        { "scale is NaN; it must be finite", bench => WeightedSoftmax(bench, constants: new(double.NaN, 0, 0)) },
        { "buffer has 2 elements, but the call requires 3", bench => bench.Kernels.WeightedSigmoidCrossEntropy(bench.Input(3, 2), bench.Input(3, 2), Buffer(bench, 2), bench.Input(1, 2), null, Buffer(bench, 1), 0, 2, Plain) },
        { "activations have 2 features, but the call requires 3", bench => bench.Kernels.WeightedSigmoidCrossEntropy(bench.Input(3, 2), bench.Input(2, 2), Buffer(bench, 3), bench.Input(1, 2), null, Buffer(bench, 1), 0, 2, Plain) },
        { "Slot 1 is outside the buffer of 1 elements", bench => bench.Kernels.WeightedSquaredError(bench.Input(3, 2), bench.Input(3, 2), bench.Input(1, 2), null, Buffer(bench, 1), 1, 2, 1) },
        { "mean over a batch of 0", bench => bench.Kernels.WeightedSquaredError(bench.Input(3, 2), bench.Input(3, 2), bench.Input(1, 2), null, Buffer(bench, 1), 0, 0, 1) },
        { "scale is Infinity; it must be finite", bench => bench.Kernels.AddScaled(Buffer(bench, 2), double.PositiveInfinity, Buffer(bench, 2)) },
        { "buffer has 3 elements, but the call requires 2", bench => bench.Kernels.AddScaled(Buffer(bench, 2), 1, Buffer(bench, 3)) },
        { "buffer has 3 elements, but the call requires 2", bench => bench.Kernels.AddAll([Buffer(bench, 2), Buffer(bench, 3)], Buffer(bench, 2)) },
        { "The output is one of the inputs", bench => AddToItself(bench) },
        { "The buffer has 1 elements, but the call requires at least 2", bench => bench.Kernels.MoveValues(bench.Indices([0, 1]), bench.Indices([2]), Buffer(bench, 4)) },
        { "1 values do not move to 2 elements", bench => bench.Kernels.MoveValues(bench.Indices([0]), bench.Indices([1, 2]), Buffer(bench, 4)) },
        { "The output is one of the inputs", bench => MoveInPlace(bench) },
        { "3 chunks cannot be added two by two; their number must be a power of two", bench => GradientOfChunks(bench, chunks: 3) },
        { "0 chunks cannot be added two by two", bench => GradientOfChunks(bench, chunks: 0) },
        { "activations have 4 features, but the call requires 3", bench => GradientOfChunks(bench, inputs: 4) },
        { "buffer has 3 elements, but the call requires 2", bench => GradientOfChunks(bench, biases: 3) },
        { "5 elements are not a whole number of rows of 3", bench => Gather(bench, length: 5) },
        { "buffer has 2 elements, but the call requires at least 3", bench => Gather(bench, start: 1) },
        { "buffer has 8 elements, but the call requires 9", bench => Convolve(bench, weights: 8) },
        { "buffer has 2 elements, but the call requires 1", bench => Convolve(bench, bias: 2) },
        { "activations have 8 features, but the call requires 9", bench => Convolve(bench, inputs: 8) },
        { "activations have 8 features, but the call requires 9", bench => Convolve(bench, outputs: 8) },
        { "batch of 9 samples is outside 0 to the capacity, 8", bench => Convolve(bench, batch: 9) },
        { "edges join 8 inputs and 1 outputs; a convolution of 1 filters, 1 channels and kernel 3 needs edges of 9 inputs and 1 outputs", bench => ConvolveEdges(bench, fanIn: 8) },
        { "buffer has 8 elements, but the call requires 9", bench => ConvolveEdges(bench, weights: 8) },
        { "buffer has 2 elements, but the call requires 1", bench => ConvolveEdges(bench, bias: 2) },
        { "activations have 8 features, but the call requires 9", bench => ConvolveEdges(bench, inputs: 8) },
        { "The output is one of the inputs", bench => ConvolveEdgesInPlace(bench) },
        { "activations have 3 features, but the call requires 4", bench => Pool(bench, outputs: 3) },
        { "The output is one of the inputs", bench => PoolInPlace(bench) },
        { "activations have 8 features, but the call requires 9", bench => bench.Kernels.AvgPool2dForward(Windows, bench.Output(8), bench.Output(4), 1) },
        { "activations have 5 features, but the call requires 4", bench => bench.Kernels.AvgPool2dInputGradient(Windows, bench.Output(5), bench.Output(9), 1) },
        { "3 features starting at 2 are outside the 4", bench => bench.Kernels.CopyFeatures(bench.Output(4), 2, bench.Output(9), 0, 3, 1) },
        { "3 features starting at 7 are outside the 9", bench => bench.Kernels.AddFeatures(bench.Output(4), 0, bench.Output(9), 7, 3, 1) },
        { "1 features starting at -1 are outside the 4", bench => bench.Kernels.AddFeatures(bench.Output(4), -1, bench.Output(9), 0, 1, 1) },
        { "count", bench => bench.Kernels.CopyFeatures(bench.Output(4), 2, bench.Output(9), 0, -1, 1) },
        { "activations have 4 features, but the call requires 3", bench => bench.Kernels.Activate(default, bench.Output(3), bench.Output(4), 1) },
        { "activations have 5 features, but the call requires 6", bench => bench.Kernels.MeanOfPlaces(3, bench.Output(5), bench.Output(2), 1) },
        { "places", bench => bench.Kernels.MeanOfPlaces(0, bench.Output(5), bench.Output(2), 1) },
        { "activations have 7 features, but the call requires 6", bench => bench.Kernels.MeanOfPlacesGradient(2, bench.Output(3), bench.Output(7), 1) },
        { "activations have 3 features, but the call requires 2", bench => LayerNorm(bench, statistics: 3) },
        { "buffer has 3 elements, but the call requires 4", bench => LayerNorm(bench, shifts: 3) },
        { "Epsilon must be positive", bench => LayerNorm(bench, epsilon: 0) },
        { "activations have 4 features, but the call requires 8", bench => LayerNorm(bench, places: 2) },
        { "places", bench => LayerNorm(bench, places: 0) },
        { "batch of 9 samples is outside 0 to the capacity, 8", bench => LayerNorm(bench, batch: 9) },
        { "activations have 4 features, but the call requires 6", bench => BatchNorm(bench, places: 3) },
        { "buffer has 3 elements, but the call requires 4", bench => BatchNorm(bench, statistics: 3) },
        { "buffer has 1 elements, but the call requires 2", bench => BatchNorm(bench, running: 1) },
        { "momentum of running statistics must be from 0 to 1", bench => BatchNorm(bench, momentum: 1.1) },
        { "Epsilon must be positive", bench => BatchNorm(bench, epsilon: double.NaN) },
        { "epsilon is 0", bench => Step(bench, Adam with { Epsilon = 0 }) },
        { "counted from 1, but the step is 0", bench => Step(bench, Adam with { Step = 0 }) },
        { "epsilon is 0", bench => bench.Kernels.AdamSteps([], Adam with { Epsilon = 0 }) },
        { "A parameter has 1 buffers of the optimizer, but the call requires 2", bench => Steps(bench, moments: [1]) },
        { "buffer has 3 elements, but the call requires 1", bench => Steps(bench, moments: [1, 3]) },
        { "buffer has 2 elements, but the call requires 1", bench => Steps(bench, gradient: 2) },
        { "A parameter has 2 buffers of the optimizer, but the call requires 0 to 1", bench => bench.Kernels.SgdSteps([new(Buffer(bench, 1), Buffer(bench, 1), [Buffer(bench, 1), Buffer(bench, 1)], true)], new SgdConstants(0.1, 0.9, false, 0)) },
        { "Slot 2 is outside the buffer of 2 elements", bench => bench.Kernels.AddSquaredNorms([Buffer(bench, 1)], Buffer(bench, 2), 2) },
        { "The output is one of the inputs", bench => NormInPlace(bench) },
        { "maximum norm must be positive", bench => bench.Kernels.ClipAllToNorm([Buffer(bench, 1)], Buffer(bench, 2), 0, 0) },
        { "5 elements are not a whole number of rows of 2", bench => Embed(bench, table: 5) },
        { "0 elements are not a whole number of rows of 2", bench => Embed(bench, table: 0) },
        { "dimension", bench => bench.Kernels.EmbeddingForward(Buffer(bench, 4), null, 0, bench.Output(3), bench.Output(6), 1) },
        { "buffer has 4 elements, but the call requires 6", bench => Embed(bench, positions: 4) },
        { "activations have 5 features, but the call requires 6", bench => Embed(bench, outputs: 5) },
        { "batch of 9 samples is outside 0 to the capacity, 8", bench => Embed(bench, batch: 9) },
        { "activations have 3 features, but the call requires 2", bench => bench.Kernels.EmbeddingBagForward(Buffer(bench, 4), 2, false, bench.Output(3), bench.Output(3), 1) },
        { "buffer has 3 elements, but the call requires at least 4", bench => EmbedBack(bench, rows: 3) },
        { "buffer has 9 elements, but the call requires 8", bench => EmbedBack(bench, gradient: 9) },
        { "buffer has 5 elements, but the call requires 6", bench => EmbedBack(bench, positions: 5) },
        { "The output is one of the inputs", bench => EmbedBackInPlace(bench) },
        { "buffer has 5 elements, but the call requires 6", bench => StepRows(bench, moments: 5) },
        { "3 elements are not a row of equal length for each of 2 row numbers", bench => StepRows(bench, gradient: 3) },
        { "7 elements are not a whole number of rows of 2", bench => StepRows(bench, weights: 7) },
        { "buffer has 0 elements, but the call requires at least 1", bench => StepRows(bench, rows: []) },
        { "buffer has 5 elements, but the call requires 6", bench => bench.Kernels.SgdStepRows(bench.Indices([0, 1]), Buffer(bench, 6), Buffer(bench, 4), Buffer(bench, 5), new SgdConstants(0.1, 0.9, false, 0)) },
        { "create it with its constructor", bench => Attend(bench, default(AttentionShape)) },
        { "activations have 23 features, but the call requires 24", bench => Attend(bench, inputs: 23) },
        { "activations have 7 features, but the call requires 8", bench => Attend(bench, probabilities: 7) },
        { "activations have 3 features, but the call requires 2", bench => Attend(bench, tokens: 3) },
        { "activations have 7 features, but the call requires 8", bench => Attend(bench, outputs: 7) },
        { "activations have 23 features, but the call requires 24", bench => bench.Kernels.AttentionInputGradient(Attention, bench.Output(24), bench.Output(8), bench.Output(8), bench.Output(23), 1) },
        { "activations have 5 features, but the call requires 6", bench => bench.Kernels.MeanOfTokens(bench.Output(3), bench.Output(5), bench.Output(2), 1) },
        { "activations have 7 features, but the call requires 6", bench => bench.Kernels.MeanOfTokensGradient(bench.Output(3), bench.Output(2), bench.Output(7), 1) },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Misfits_are_refused_on_every_device(string message, Action<Workbench> call)
    {
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, capacity: 8);
            var error = Assert.ThrowsAny<ArgumentException>(() => call(bench));
            Assert.Contains(message, error.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Arguments_of_another_device_are_refused()
    {
        using var here = new Workbench(Device.Default);
        using var there = new Workbench(new ReferenceDevice(ElementType.Float32));
        var error = Assert.Throws<ArgumentException>(() => here.Kernels.Fill(Buffer(there, 1), 0));
        Assert.Contains("device 'reference-float32', but the kernel to 'cpu'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Activations_of_two_capacities_are_refused()
    {
        using var bench = new Workbench(Device.Default, capacity: 8);
        using Activations other = Device.Default.AllocateActivations(1, 9);
        var error = Assert.Throws<ArgumentException>(() => bench.Kernels.Dropout(0, 0, 0, bench.Input(1, 1), other, 1));
        Assert.Contains("have a capacity of 9 samples, but others of the same call 8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_copies_must_fit()
    {
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, capacity: 2);
            Activations activations = bench.Output(3);
            DeviceBuffer buffer = Buffer(bench, 4);
            DeviceEdges edges = bench.Edges(EdgeLayout.Dense(2, 2));
            Assert.Throws<ArgumentException>(() => activations.Write(new float[9], 3));
            Assert.Throws<ArgumentException>(() => activations.Write(new float[5], 2));
            Assert.Throws<ArgumentException>(() => activations.Read(new double[7], 2));
            Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Write(new float[2], 3));
            Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Read(new double[5]));
            Assert.Throws<ArgumentException>(() => edges.Write(new double[3], buffer));
            Assert.Throws<ArgumentException>(() => edges.Read(Buffer(bench, 5), new double[4]));
        }
    }

    private static DeviceBuffer Buffer(Workbench bench, int length) => bench.Buffer(new float[length]);

    private static void Forward(Workbench bench, int weights = 6, int bias = 2, int inputs = 3, int outputs = 2, int batch = 1) =>
        bench.Kernels.EdgeForward(
            bench.Edges(EdgeLayout.Dense(2, 3)), Buffer(bench, weights), Buffer(bench, bias), ActivationFunction.Identity,
            bench.Output(inputs), null, bench.Output(outputs), batch);

    private static void Convolve(Workbench bench, int weights = 9, int bias = 1, int inputs = 9, int outputs = 9, int batch = 1) =>
        bench.Kernels.Conv2dForward(
            new Conv2dShape(new ImageShape(1, 3, 3), 1, 3, 1, 1), Buffer(bench, weights), Buffer(bench, bias), ActivationFunction.Identity,
            bench.Output(inputs), null, bench.Output(outputs), batch);

    private static void ConvolveEdges(Workbench bench, int fanIn = 9, int weights = 9, int bias = 1, int inputs = 9) =>
        bench.Kernels.EdgeConv2dForward(
            new Conv2dShape(new ImageShape(1, 3, 3), 1, 3, 1, 1), bench.Filters(EdgeLayout.Dense(1, fanIn)), Buffer(bench, weights),
            Buffer(bench, bias), ActivationFunction.Identity, bench.Output(inputs), null, bench.Output(9), 1);

    private static void ConvolveEdgesInPlace(Workbench bench)
    {
        Activations both = bench.Output(9);
        bench.Kernels.EdgeConv2dInputGradient(
            new Conv2dShape(new ImageShape(1, 3, 3), 1, 3, 1, 1), bench.Filters(EdgeLayout.Dense(1, 9)), Buffer(bench, 9), both, both, 1);
    }

    private static void Pool(Workbench bench, int outputs) => bench.Kernels.MaxPool2dForward(
        Windows, bench.Output(9), bench.Output(outputs), 1);

    private static void PoolInPlace(Workbench bench)
    {
        Activations both = bench.Output(9);
        bench.Kernels.MaxPool2dInputGradient(Windows, both, bench.Output(4), both, 1);
    }

    private static void InPlace(Workbench bench)
    {
        Activations both = bench.Output(2);
        bench.Kernels.EdgeInputGradient(
            bench.Edges(EdgeLayout.Dense(2, 2)), Buffer(bench, 4), ActivationFunction.Identity, null, bench.Output(2), both, both, 1);
    }

    private static void WeightGradient(Workbench bench, ActivationFunction function, int biases = 2) => bench.Kernels.EdgeWeightGradient(
        bench.Edges(EdgeLayout.Dense(2, 2)), function, bench.Output(2), null, bench.Output(2), bench.Output(2),
        Buffer(bench, 4), Buffer(bench, biases), 1);

    private static void WeightGradientThrough(Workbench bench, int weights = 2, int readerInputs = 2, int readerOutputs = 1)
    {
        var reader = new EdgeReader(
            bench.Edges(EdgeLayout.Dense(1, readerInputs)), Buffer(bench, weights * readerInputs / 2), bench.Output(readerOutputs), bench.Output(1));
        bench.Kernels.EdgeWeightGradientThrough(
            reader, bench.Edges(EdgeLayout.Dense(2, 2)), ActivationFunction.Identity, bench.Output(2), null, bench.Output(2), bench.Output(2),
            Buffer(bench, 4), Buffer(bench, 2), 1);
    }

    private static void LayerNorm(Workbench bench, int places = 1, int shifts = 4, int statistics = 2, double epsilon = 1e-5, int batch = 2) =>
        bench.Kernels.LayerNormForward(
            places, Buffer(bench, 4), Buffer(bench, shifts), epsilon, bench.Output(4), bench.Output(4), bench.Output(statistics), batch);

    private static void BatchNorm(
        Workbench bench, int places = 2, int running = 2, int statistics = 4, double epsilon = 1e-5, double momentum = 0.1) =>
        bench.Kernels.BatchNormForward(
            places, Buffer(bench, 2), Buffer(bench, 2), epsilon, momentum, Buffer(bench, running), Buffer(bench, 2),
            Buffer(bench, statistics), bench.Output(4), bench.Output(4), 2);

    private static void Embed(Workbench bench, int table = 8, int positions = 6, int outputs = 6, int batch = 1) =>
        bench.Kernels.EmbeddingForward(Buffer(bench, table), Buffer(bench, positions), 2, bench.Output(3), bench.Output(outputs), batch);

    private static void EmbedBack(Workbench bench, int rows = 4, int? gradient = null, int positions = 6) =>
        bench.Kernels.EmbeddingGradient(
            2, bench.Output(3), bench.Output(6), bench.Indices(new int[4]), bench.Indices(new int[rows]),
            Buffer(bench, gradient ?? 2 * rows), Buffer(bench, positions), 2);

    private static void EmbedBackInPlace(Workbench bench)
    {
        IndexBuffer rows = bench.Indices(new int[4]);
        bench.Kernels.EmbeddingBagGradient(2, true, bench.Output(3), bench.Output(2), rows, rows, Buffer(bench, 8), 2);
    }

    private static void StepRows(Workbench bench, int[]? rows = null, int weights = 6, int gradient = 4, int moments = 6) =>
        bench.Kernels.AdamStepRows(
            bench.Indices(rows ?? [0, 1]), Buffer(bench, weights), Buffer(bench, gradient), Buffer(bench, moments), Buffer(bench, 6), in Adam);

    private static void Steps(Workbench bench, int gradient = 1, int[]? moments = null) =>
        bench.Kernels.AdamSteps([new(Buffer(bench, 1), Buffer(bench, gradient), [.. (moments ?? [1, 1]).Select(length => Buffer(bench, length))], true)], in Adam);

    private static void NormInPlace(Workbench bench)
    {
        DeviceBuffer x = Buffer(bench, 1);
        bench.Kernels.AddSquaredNorms([Buffer(bench, 2), x], x, 0);
    }

    private static void Attend(Workbench bench, AttentionShape? shape = null, int inputs = 24, int probabilities = 8, int tokens = 2, int outputs = 8) =>
        bench.Kernels.AttentionForward(
            shape ?? Attention, bench.Output(inputs), bench.Output(tokens), bench.Output(probabilities), bench.Output(outputs), 1);

    private static void MeanSquaredError(Workbench bench, int batch) =>
        bench.Kernels.MeanSquaredError(bench.Output(1), bench.Output(1), null, Buffer(bench, 1), 0, batch);

    private static void Softmax(Workbench bench, int[] labels) =>
        bench.Kernels.SoftmaxCrossEntropy(bench.Input(3, 2), bench.Indices(labels), null, Buffer(bench, 1), 0, 2);

    private static void WeightedSoftmax(Workbench bench, int label = 0, int classWeights = 3, int weights = 1, LossConstants? constants = null) =>
        bench.Kernels.WeightedSoftmaxCrossEntropy(
            bench.Input(3, 2), bench.Indices([0, label]), Buffer(bench, classWeights), bench.Input(weights, 2), null, Buffer(bench, 1), 0, 2, constants ?? Plain);

    private static void MoveInPlace(Workbench bench)
    {
        IndexBuffer places = bench.Indices([0, 1]);
        bench.Kernels.MoveValues(places, places, Buffer(bench, 4));
    }

    private static void GradientOfChunks(Workbench bench, int chunks = 2, int inputs = 3, int biases = 2)
    {
        EdgeChunk[] all = [.. Enumerable.Range(0, chunks).Select(_ => new EdgeChunk(bench.Input(inputs, 1), null, bench.Input(2, 1), bench.Input(2, 1), null, 1))];
        bench.Kernels.EdgeWeightGradientOfChunks(bench.Edges(EdgeLayout.Dense(2, 3)), ActivationFunction.Relu, all, Buffer(bench, 6), Buffer(bench, biases));
    }

    private static void AddToItself(Workbench bench)
    {
        DeviceBuffer y = Buffer(bench, 2);
        bench.Kernels.AddAll([Buffer(bench, 2), y], y);
    }

    private static void Gather(Workbench bench, int length = 6, int start = 0) =>
        bench.Kernels.GatherRows(Buffer(bench, length), bench.Indices([0, 1]), start, bench.Output(3), 2);

    private static void Step(Workbench bench, AdamConstants step) =>
        bench.Kernels.AdamStep(Buffer(bench, 1), Buffer(bench, 1), Buffer(bench, 1), Buffer(bench, 1), step);
}
