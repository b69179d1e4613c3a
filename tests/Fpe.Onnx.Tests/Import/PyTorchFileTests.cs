using System.Runtime.InteropServices;
using Fpe.Onnx.Tests.Support;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Onnx.Tests.Import;

/// <summary>Files that torch.onnx.export wrote; make_files.py made them.</summary>
public sealed class PyTorchFileTests
{
    private const int Samples = 3;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Files");

    [Fact]
    public void A_network_of_images_predicts_what_it_predicts_in_PyTorch()
    {
        using PlannedModel model = OnnxImporter.Load(Path.Combine(Folder, "image.onnx"));
        Assert.Equal(
            ["Stem: Conv2d", "Norm: BatchNorm", "Pool1: MaxPool2d", "Deep: Conv2d", "Pool2: AvgPool2d", "Flat1: Flatten", "Fc: Linear", "Activation1: Activation", "Linear1: Linear"],
            model.Layers.Select(layer => $"{layer.Name}: {layer.GetType().Name}"));
        float[] numbers = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(Folder, "image.bin"))).ToArray();
        int inputs = Samples * model.Plan.InputCount;
        float[] logits = model.Outputs(numbers.AsSpan(..inputs));
        for (int sample = 0; sample < Samples; sample++)
        {
            // PyTorch's are those of the softmax, so that they differ by a constant.
            float[] expected = numbers[(inputs + (3 * sample))..(inputs + (3 * sample) + 3)];
            float[] actual = logits[(3 * sample)..((3 * sample) + 3)];
            Near.Equal([.. expected.Select(value => value - expected[0])], [.. actual.Select(value => value - actual[0])]);
        }
    }

    [Fact]
    public void Both_formats_of_a_network_are_the_same_weights()
    {
        using PlannedModel one = OnnxImporter.Load(Path.Combine(Folder, "net.onnx"));
        using var other = new PlannedModel(one.Plan);
        other.ImportWeights(Path.Combine(Folder, "parent.safetensors"));
        Assert.Equal(one.Layers.SelectMany(layer => ((Linear)layer).ReadWeights()), other.Layers.SelectMany(layer => ((Linear)layer).ReadWeights()));
        Assert.Equal(one.Layers.SelectMany(layer => ((Linear)layer).ReadBiases()), other.Layers.SelectMany(layer => ((Linear)layer).ReadBiases()));
    }
}
