using Fpe.Compute;
using Fpe.Embedded.Tests.Support;
using Fpe.EndToEnd.Tests.Support;
using Fpe.Expansion;
using Fpe.Files;
using Fpe.Quantization;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Embedded.Tests;

/// <summary>What cannot be written is one clear error, and leaves the folder as it was.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("DigitsNet", "digits_net")]
    [InlineData("MNISTNet2x4", "mnist_net2x4")]
    [InlineData("Blocks.3.Wide", "blocks_3_wide")]
    [InlineData("Größe", "gru00f6u00dfe")]
    [InlineData("_x", "x")]
    [InlineData("_7", "n7")]
    [InlineData("A", "a")]
    public void Names_become_identifiers(string name, string identifier) => Assert.Equal(identifier, Source.CIdentifiers.Of(name));

    [Fact]
    public void Files_are_named_after_the_model()
    {
        using var folder = new TemporaryFolder();
        using PlannedModel model = TestNetworks.Of("random");
        CExport written = model.ExportC(folder["new"]);
        Assert.Equal([folder["new/test_net.h"], folder["new/test_net.c"]], [written.HeaderPath, written.SourcePath]);
        Assert.Contains("void test_net_run(", File.ReadAllText(written.HeaderPath), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Net", "TestNet: the name “Net” has to be 1 to 40 lower-case letters, digits and underscores that begin with a letter; use one such as test_net.")]
    [InlineData("", "TestNet: the name “” has to be 1 to 40 lower-case letters, digits and underscores that begin with a letter; use one such as test_net.")]
    [InlineData("../net", "TestNet: the name “../net” has to be 1 to 40 lower-case letters, digits and underscores that begin with a letter; use one such as test_net.")]
    [InlineData("math", "TestNet: math.h is a header of C itself; use a name such as math_net.")]
    public void A_name_that_is_no_identifier_is_refused(string name, string message)
    {
        using PlannedModel model = TestNetworks.Of("random");
        Refused(message, model, new CExportOptions { Name = name });
    }

    [Fact]
    public void A_model_that_is_named_as_a_header_of_C_needs_another_name()
    {
        using var model = new PlannedModel(new ModelPlan("Float", 2, [new LinearPlan("Logits", 2, 2)]));
        Refused("Float: float.h is a header of C itself; choose another name with CExportOptions.Name.", model);
        using var folder = new TemporaryFolder();
        // A word of C does no harm: no name stands alone.
        model.ExportC(folder.Path, new CExportOptions { Name = "double" });
        Assert.Contains("void double_run(", File.ReadAllText(folder["double.h"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Run", "Hidden", "Class", "Run.Class: run_class would be a name of the header run.h, too, in C; rename the layer, or choose another name with CExportOptions.Name.")]
    [InlineData("TestNet", "Run", "Weights", "TestNet.Weights: run_weights would be a name of Run, too, in C; rename the layer, or choose another name with CExportOptions.Name.")]
    public void A_name_that_two_things_would_have_is_refused(string name, string first, string second, string message)
    {
        using var model = new PlannedModel(new ModelPlan(name, 2, [new LinearPlan(first, 2, 2), new LinearPlan(second, 2, 2)]));
        Refused(message, model);
    }

    [Fact]
    public void A_name_cannot_end_a_comment()
    {
        using var folder = new TemporaryFolder();
        using var model = new PlannedModel(new ModelPlan("Net */ /* ??/\n", 2, [new LinearPlan("Logits", 2, 2)]));
        CExport written = model.ExportC(folder.Path, new CExportOptions { Name = "net" });
        Assert.Contains(" * Net * / / * ? ?/ : a network of 2 inputs", File.ReadAllText(written.HeaderPath), StringComparison.Ordinal);
        Assert.StartsWith("/* Net * / / * ? ?/ : see net.h. */\n", File.ReadAllText(written.SourcePath), StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_would_have_the_same_name_are_refused()
    {
        using var model = new PlannedModel(Plans.Chain(2, countBiases: false, new LinearPlan("HiddenLayer", 2, 2), new LinearPlan("hidden_layer", 2, 2)));
        Refused("TestNet: the layers HiddenLayer and hidden_layer would both be hidden_layer in C; rename one of them.", model);
    }

    [Fact]
    public void Layers_that_C_does_not_have_are_refused_by_name()
    {
        using PlannedModel residual = new(Expansions.Plan("residual"));
        Refused("TestNet.Norm: a layer of the kind LayerNorm cannot be written as C of floating-point numbers; Linear, activations, Flatten, Dropout and BatchNorm can.", residual);
        using PlannedModel sum = new(Plans.Chain(2, countBiases: false, new LinearPlan("Hidden", 2, 2), new AddPlan("Sum", 2) { From = ["Hidden", ModelPlan.Sample] }));
        Refused("TestNet.Sum: the layer does not read the layer before it alone, but generated C is a chain of layers.", sum);
    }

    [Fact]
    public void A_normalisation_that_quantisation_does_not_fold_is_refused_in_bytes()
    {
        using PlannedModel model = TestNetworks.NormAfterFlatten();
        using Predictor bytes = model.Quantize(TestNetworks.SamplesOf(model.Plan));
        using var folder = new TemporaryFolder();
        Assert.Equal(
            "TestNet.Norm: a layer of the kind BatchNorm cannot be written as C of 8 bits; Linear, activations, Flatten, Dropout and BatchNorm after Linear can.",
            Assert.Throws<CExportException>(() => bytes.ExportC(folder.Path)).Message);
        Assert.Empty(folder.Content);
        Assert.Null(model.Plan.TableBytesInC(NumberFormat.Int8));
    }

    [Fact]
    public void A_normalisation_that_makes_weights_infinite_is_refused()
    {
        using var model = new PlannedModel(
            Plans.Chain(2, countBiases: false, new LinearPlan("Hidden", 2, 2), new BatchNormPlan("Norm", 2), new LinearPlan("Logits", 2, 2)), seed: 1);
        BatchNorm norm = model.Layers.OfType<BatchNorm>().Single();
        norm.Scale.Value.Write([3e38, 1]);
        norm.RunningVariance.Value.Write([0, 0]);
        Refused("TestNet.Hidden: with its normalisation, a weight or a bias is not a finite 32-bit number, which C cannot write; train with a larger ε, or without units of variance 0.", model);
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_refused()
    {
        using PlannedModel model = TestNetworks.Of("one layer");
        Linear layer = model.Linears.Single();
        layer.Write(new ExpandedLayer(layer.Edges, layer.ReadWeights(), [0, double.NaN, 0, 0, 0]));
        Refused("TestNet: logits.bias is NaN at [1]; training diverged, so try a lower learning rate.", model);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "text");
        using PlannedModel model = TestNetworks.Of("random");
        FileAccessException error = Assert.Throws<FileAccessException>(() => model.ExportC(folder["file"]));
        Assert.StartsWith($"{folder["file"]} cannot be written: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(["file"], folder.Content);
    }

    [Fact]
    public void If_one_file_cannot_be_written_the_other_stays_as_it_was()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["test_net.c"]);
        File.WriteAllText(folder["test_net.h"], "before");
        using PlannedModel model = TestNetworks.Of("random");
        Assert.Throws<FileAccessException>(() => model.ExportC(folder.Path));
        Assert.Equal("before", File.ReadAllText(folder["test_net.h"]));
        Assert.Equal(["test_net.c", "test_net.h"], folder.Content.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void If_the_disk_is_full_after_one_file_the_other_stays_as_it_was()
    {
        if (!File.Exists("/dev/full"))
            return;
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["test_net.c"], "/dev/full");
        File.WriteAllText(folder["test_net.h"], "before");
        using PlannedModel model = TestNetworks.Of("random");
        Assert.Throws<FileAccessException>(() => model.ExportC(folder.Path));
        Assert.Equal("before", File.ReadAllText(folder["test_net.h"]));
        Assert.Equal(["test_net.c", "test_net.h"], folder.Content.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_disposed_model_or_predictor_is_refused()
    {
        using var folder = new TemporaryFolder();
        PlannedModel model = TestNetworks.Of("random");
        Predictor bytes = model.Quantize(TestNetworks.SamplesOf(model.Plan));
        bytes.Dispose();
        Assert.Throws<ObjectDisposedException>(() => bytes.ExportC(folder.Path));
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.ExportC(folder.Path));
        Assert.Empty(folder.Content);
    }

    [Fact]
    public void A_predictor_in_floating_point_is_written_as_its_model()
    {
        using var folder = new TemporaryFolder();
        using PlannedModel model = TestNetworks.Of("share");
        using Predictor predictor = model.ToPredictor();
        string expected = File.ReadAllText(model.ExportC(folder.Path).SourcePath);
        Assert.Equal(expected, File.ReadAllText(predictor.ExportC(folder.Path).SourcePath));
    }

    private static void Refused(string message, PlannedModel model, CExportOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(message, Assert.Throws<CExportException>(() => model.ExportC(folder.Path, options)).Message);
        Assert.Empty(folder.Content);
    }
}
