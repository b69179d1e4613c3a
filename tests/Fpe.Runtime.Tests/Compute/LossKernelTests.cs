using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class LossKernelTests
{
    [Fact]
    public void Softmax_cross_entropy_agrees_with_the_reference() => ForAll((classes, batch, capacity) =>
        Agreement.Check($"softmax of {classes} classes, batch {batch} of {capacity}", capacity, bench =>
        {
            Activations logits = bench.Input(classes, [.. bench.Values(classes * batch).Select(value => 10 * value)]);
            Activations gradient = bench.Output(classes);
            DeviceBuffer losses = bench.OutputBuffer(3), counts = bench.Buffer([5, 5]);
            IndexBuffer labels = bench.Indices(bench.Labels(batch, classes));
            bench.Kernels.SoftmaxCrossEntropy(logits, labels, gradient, losses, slot: 1, batch);
            bench.Kernels.SoftmaxCrossEntropy(logits, labels, null, losses, slot: 2, batch);
            bench.Kernels.CountCorrectClasses(logits, labels, counts, slot: 1, batch);
            return [.. Workbench.Read(gradient, batch), .. Workbench.Read(losses), .. Workbench.Read(counts)];
        }));

    [Fact]
    public void Sigmoid_cross_entropy_agrees_with_the_reference() => ForAll((outputs, batch, capacity) =>
        Agreement.Check($"sigmoid of {outputs} outputs, batch {batch} of {capacity}", capacity, bench =>
        {
            Activations logits = bench.Input(outputs, [.. bench.Values(outputs * batch).Select(value => 10 * value)]);
            Activations targets = bench.Input(outputs, [.. bench.Values(outputs * batch).Select(value => Math.Abs(value))]);
            Activations gradient = bench.Output(outputs);
            DeviceBuffer losses = bench.OutputBuffer(3), counts = bench.Buffer([5, 5]);
            bench.Kernels.SigmoidCrossEntropy(logits, targets, gradient, losses, slot: 1, batch);
            bench.Kernels.SigmoidCrossEntropy(logits, targets, null, losses, slot: 2, batch);
            bench.Kernels.CountCorrectSigns(logits, targets, counts, slot: 1, batch);
            return [.. Workbench.Read(gradient, batch), .. Workbench.Read(losses), .. Workbench.Read(counts)];
        }));

    [Fact]
    public void Mean_squared_error_agrees_with_the_reference() => ForAll((outputs, batch, capacity) =>
        Agreement.Check($"squared error of {outputs} outputs, batch {batch} of {capacity}", capacity, bench =>
        {
            Activations y = bench.Input(outputs, batch), targets = bench.Input(outputs, batch), gradient = bench.Output(outputs);
            DeviceBuffer losses = bench.OutputBuffer(3);
            bench.Kernels.MeanSquaredError(y, targets, gradient, losses, slot: 1, batch);
            bench.Kernels.MeanSquaredError(y, targets, null, losses, slot: 2, batch);
            return [.. Workbench.Read(gradient, batch), .. Workbench.Read(losses)];
        }, scale: 1e-3));

    [Theory]
    [InlineData(0f, 1e30f, -1e30f)]
    [InlineData(-1e38f, 1e38f, 0f)]
    [InlineData(0f, -1e5f, float.NegativeInfinity)]
    [InlineData(float.NaN, 0f, 1f)]
    [InlineData(0f, 1f, float.NaN)]
    [InlineData(2f, 2f, 2f)]
    [InlineData(-200f, -200f, -300f)]
    public void Unusual_logits_agree(float logit0, float logit1, float logit2)
    {
        for (int label = 0; label < 3; label++)
        {
            int wanted = label;
            Agreement.Check($"{logit0}, {logit1}, {logit2} and {label}", 4, bench =>
            {
                Activations logits = bench.Input(3, [logit0, logit1, logit2, 1, 2, 3]), gradient = bench.Output(3);
                Activations targets = bench.Input(3, [0, 0.5f, 1, 0, 0, 0]), signs = bench.Output(3);
                IndexBuffer labels = bench.Indices([wanted, 0]);
                DeviceBuffer losses = bench.OutputBuffer(2), counts = bench.Buffer([0, 0]);
                bench.Kernels.SoftmaxCrossEntropy(logits, labels, gradient, losses, slot: 0, batch: 2);
                bench.Kernels.SigmoidCrossEntropy(logits, targets, signs, losses, slot: 1, batch: 2);
                bench.Kernels.CountCorrectClasses(logits, labels, counts, slot: 0, batch: 2);
                bench.Kernels.CountCorrectSigns(logits, targets, counts, slot: 1, batch: 2);
                return
                [
                    .. Workbench.Read(gradient, 2), .. Workbench.Read(signs, 2), .. Workbench.Read(losses), .. Workbench.Read(counts),
                ];
            });
        }
    }

    [Fact]
    public void The_first_of_equal_logits_is_the_answer()
    {
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, capacity: 3);
            Activations logits = bench.Input(3, [1, 4, 4, 1, 4, 4, float.NaN, 0, 0]);
            DeviceBuffer counts = bench.Buffer([0, 0, 0]);
            bench.Kernels.CountCorrectClasses(logits, bench.Indices([1, 0, 0]), counts, slot: 0, batch: 3);
            bench.Kernels.CountCorrectClasses(logits, bench.Indices([2, 2, 2]), counts, slot: 1, batch: 3);
            Assert.Equal([1, 0, 0], Workbench.Read(counts));
        }
    }

    private static void ForAll(Action<int, int, int> check)
    {
        foreach (int features in Sizes.Features)
        {
            foreach (int batch in Sizes.Batches.Where(batch => batch > 0))
            {
                foreach (int capacity in Sizes.Capacities(batch))
                    check(features, batch, capacity);
            }
        }
    }
}
