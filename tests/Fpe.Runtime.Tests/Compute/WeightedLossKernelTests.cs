using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class WeightedLossKernelTests
{
    private static readonly LossConstants[] Settings =
        [new(0.25, 0, 0), new(0.125, 0.1, 0), new(0.25, 0, 2), new(0.125, 0.3, 0.5), new(0, 0.1, 1)];

    [Fact]
    public void Softmax_cross_entropy_agrees_with_the_reference() => ForAll((classes, batch, capacity, constants) =>
        Agreement.Check($"softmax of {classes} classes, batch {batch} of {capacity}, {constants}", capacity, bench =>
        {
            Activations logits = bench.Input(classes, [.. bench.Values(classes * batch).Select(value => 10 * value)]);
            Activations gradient = bench.Output(classes), weights = Weights(bench, batch);
            DeviceBuffer losses = bench.OutputBuffer(3), classWeights = ClassWeights(bench, classes);
            IndexBuffer labels = bench.Indices(bench.Labels(batch, classes));
            bench.Kernels.WeightedSoftmaxCrossEntropy(logits, labels, classWeights, weights, gradient, losses, slot: 1, batch, constants);
            bench.Kernels.WeightedSoftmaxCrossEntropy(logits, labels, classWeights, weights, null, losses, slot: 2, batch, constants);
            return [.. Workbench.Read(gradient, batch), .. Workbench.Read(losses)];
        }, hasBodies: true));

    [Fact]
    public void Sigmoid_cross_entropy_agrees_with_the_reference() => ForAll((outputs, batch, capacity, constants) =>
        Agreement.Check($"sigmoid of {outputs} outputs, batch {batch} of {capacity}, {constants}", capacity, bench =>
        {
            Activations logits = bench.Input(outputs, [.. bench.Values(outputs * batch).Select(value => 10 * value)]);
            Activations targets = bench.Input(outputs, [.. bench.Values(outputs * batch).Select(Math.Abs)]);
            Activations gradient = bench.Output(outputs), weights = Weights(bench, batch);
            DeviceBuffer losses = bench.OutputBuffer(3), positiveWeights = ClassWeights(bench, outputs);
            bench.Kernels.WeightedSigmoidCrossEntropy(logits, targets, positiveWeights, weights, gradient, losses, slot: 1, batch, constants);
            bench.Kernels.WeightedSigmoidCrossEntropy(logits, targets, positiveWeights, weights, null, losses, slot: 2, batch, constants);
            return [.. Workbench.Read(gradient, batch), .. Workbench.Read(losses)];
        }, hasBodies: true));

    [Fact]
    public void Squared_error_agrees_with_the_reference() => ForAll((outputs, batch, capacity, constants) =>
        Agreement.Check($"squared error of {outputs} outputs, batch {batch} of {capacity}", capacity, bench =>
        {
            Activations y = bench.Input(outputs, batch), targets = bench.Input(outputs, batch), gradient = bench.Output(outputs);
            Activations weights = Weights(bench, batch);
            DeviceBuffer losses = bench.OutputBuffer(3);
            bench.Kernels.WeightedSquaredError(y, targets, weights, gradient, losses, slot: 1, batch, constants.Scale);
            bench.Kernels.WeightedSquaredError(y, targets, weights, null, losses, slot: 2, batch, constants.Scale);
            return [.. Workbench.Read(gradient, batch), .. Workbench.Read(losses)];
        }, hasBodies: true));

    /// <summary>
    /// What PyTorch 2.6 computes in double precision: CrossEntropyLoss(weight, label_smoothing=0.1), the focal loss from softmax, and
    /// BCEWithLogitsLoss(pos_weight).
    /// </summary>
    [Fact]
    public void PyTorch_computes_the_same()
    {
        double[] smoothed =
        [
            -0.035997617838958905, -0.003625008186004101, 0.03962262602496301, 0.07753337660018116, -0.0885441291420383, 0.011010752541857143,
            0.005366013442379728, 0.08141553216014562, -0.08678154560252535, 0.3156263577934029, -0.0020263258443626916, -0.31360003194904024,
        ];
        double[] focal =
        [
            -0.04724967287198294, 0.003584274190667749, 0.043665398681315186, 0.0381656908298497, -0.04910034432808461, 0.010934653498234907,
            0.0016585450734689202, 0.02020521534108962, -0.02186376041455855, 0.39039291073380944, 0.00715029557772229, -0.3975432063115317,
        ];
        double[] sigmoid =
        [
            -0.01120589255708313, 0.03146172239984545, -0.02980073050552941, 0.046848041740483175, -0.05347021680410117, 0.02241178511416626,
            -0.0017247869358872625, 0.05187161093348788, -0.04560638095158909, -0.0019760780490652766, -0.12184309643833414, 0.041666666666666664,
        ];
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, capacity: 4);
            Activations logits = bench.Input(3, [1, -0.5f, 2, 0.25f, 0.75f, -1, -2, 0.5f, 1.5f, 3, -1, 0]);
            Activations targets = bench.Input(3, [1, 0, 1, 0, 1, 0, 0.25f, 0, 1, 1, 1, 0]), ones = bench.Input(1, [1, 1, 1, 1]), gradient = bench.Output(3);
            DeviceBuffer each = bench.Buffer([0.5f, 2, 3]), losses = bench.OutputBuffer(1);
            IndexBuffer labels = bench.Indices([0, 1, 2, 2]);

            bench.Kernels.WeightedSoftmaxCrossEntropy(logits, labels, each, ones, gradient, losses, 0, 4, new LossConstants(1 / 8.5, 0.1, 0));
            AssertClose(1.428677715909894, smoothed);
            bench.Kernels.WeightedSoftmaxCrossEntropy(logits, labels, each, ones, gradient, losses, 0, 4, new LossConstants(1 / 8.5, 0, 2));
            AssertClose(1.064143853297116, focal);
            bench.Kernels.WeightedSigmoidCrossEntropy(logits, targets, each, ones, gradient, losses, 0, 4, new LossConstants(1 / 12.0, 0, 0));
            AssertClose(0.6839815033224358, sigmoid);

            void AssertClose(double loss, double[] slopes)
            {
                Assert.Equal(loss, Workbench.Read(losses)[0], 1e-5);
                Assert.Equal(slopes, Workbench.Read(gradient, 4), (a, b) => Math.Abs(a - b) < 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(100)]
    public void Scaled_sums_agree(int length) => Agreement.Check($"{length} elements", 1, bench =>
    {
        DeviceBuffer x = bench.Buffer(bench.Values(length)), y = bench.Buffer(bench.Values(length));
        bench.Kernels.AddScaled(x, 0.375, y);
        return [.. Workbench.Read(x), .. Workbench.Read(y)];
    }, hasBodies: true);

    /// <summary>With weights of 1 and neither smoothing nor focus they are the plain losses.</summary>
    [Fact]
    public void Without_weights_they_are_the_plain_losses()
    {
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, capacity: 9);
            Activations logits = bench.Input(3, 9), targets = bench.Input(3, [.. bench.Values(27).Select(Math.Abs)]);
            Activations ones = bench.Input(1, [.. Enumerable.Repeat(1f, 9)]), expected = bench.Output(3), actual = bench.Output(3);
            DeviceBuffer each = bench.Buffer([1, 1, 1]), losses = bench.OutputBuffer(2);
            IndexBuffer labels = bench.Indices(bench.Labels(9, 3));

            bench.Kernels.SoftmaxCrossEntropy(logits, labels, expected, losses, 0, 9);
            bench.Kernels.WeightedSoftmaxCrossEntropy(logits, labels, each, ones, actual, losses, 1, 9, new LossConstants(1 / 9.0, 0, 0));
            AssertClose();
            bench.Kernels.SigmoidCrossEntropy(logits, targets, expected, losses, 0, 9);
            bench.Kernels.WeightedSigmoidCrossEntropy(logits, targets, each, ones, actual, losses, 1, 9, new LossConstants(1 / 27.0, 0, 0));
            AssertClose();
            bench.Kernels.MeanSquaredError(logits, targets, expected, losses, 0, 9);
            bench.Kernels.WeightedSquaredError(logits, targets, ones, actual, losses, 1, 9, 1 / 27.0);
            AssertClose();

            void AssertClose()
            {
                Assert.Equal(Workbench.Read(expected, 9), Workbench.Read(actual, 9), (a, b) => Math.Abs(a - b) < 1e-6);
                Assert.Equal(Workbench.Read(losses)[0], Workbench.Read(losses)[1], 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(0f, 1e30f, -1e30f)]
    [InlineData(-1e38f, 1e38f, 0f)]
    [InlineData(float.NaN, 0f, 1f)]
    [InlineData(0f, 1f, float.NaN)]
    [InlineData(2f, 2f, 2f)]
    [InlineData(-200f, -200f, -300f)]
    [InlineData(0f, 15f, -15f)]
    public void Unusual_logits_agree(float logit0, float logit1, float logit2)
    {
        foreach (LossConstants constants in Settings)
        {
            for (int label = 0; label < 3; label++)
            {
                int wanted = label;
                Agreement.Check($"{logit0}, {logit1}, {logit2} and {label}, {constants}", 4, bench =>
                {
                    Activations logits = bench.Input(3, [logit0, logit1, logit2, 1, 2, 3]), gradient = bench.Output(3);
                    Activations targets = bench.Input(3, [0, 0.5f, 1, 0, 0, 0]), signs = bench.Output(3), weights = bench.Input(1, [1, 0.5f]);
                    IndexBuffer labels = bench.Indices([wanted, 0]);
                    DeviceBuffer losses = bench.OutputBuffer(2), each = bench.Buffer([1, 2, 0.5f]);
                    bench.Kernels.WeightedSoftmaxCrossEntropy(logits, labels, each, weights, gradient, losses, slot: 0, batch: 2, constants);
                    bench.Kernels.WeightedSigmoidCrossEntropy(logits, targets, each, weights, signs, losses, slot: 1, batch: 2, constants);
                    return [.. Workbench.Read(gradient, 2), .. Workbench.Read(signs, 2), .. Workbench.Read(losses)];
                }, hasBodies: true);
            }
        }
    }

    /// <summary>From 0 to 2, some of them 0.</summary>
    private static Activations Weights(Workbench bench, int batch) =>
        bench.Input(1, [.. bench.Values(batch).Select((value, s) => s % 5 == 3 ? 0 : 1 + value)]);

    private static DeviceBuffer ClassWeights(Workbench bench, int classes) =>
        bench.Buffer([.. bench.Values(classes).Select((value, c) => c == 2 ? 0 : 1 + value)]);

    private static void ForAll(Action<int, int, int, LossConstants> check)
    {
        int number = 0;
        foreach (int features in Sizes.Features)
        {
            foreach (int batch in Sizes.Batches.Where(batch => batch > 0))
            {
                foreach (int capacity in Sizes.Capacities(batch))
                    check(features, batch, capacity, Settings[number++ % Settings.Length]);
            }
        }
    }
}
