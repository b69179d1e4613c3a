using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Files;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Checkpoints;

public sealed class ManifestFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string File => Path.Combine(folder.FullName, "net.safetensors");

    private string Manifest => File + ".manifest";

    [Fact]
    public void Holds_plan_counts_and_checksum_a_line_each()
    {
        var plan = new ModelPlan("Net", 6, [
            new LinearPlan("Hidden", 6, 4, ElementFunction.LeakyRelu(0.25)) { Expansion = new ExpansionPlan(2, Split.Clause, Share: 2) { Clauses = [[0, 2], [1]] } },
            new DropoutPlan("Noise", 4, 0.5),
            new LinearPlan("Body.3.Wide", 4, 4, ActivationFunction.Relu),
            new ConcatPlan("Both", [4, 4]) { From = ["Noise", "Body.3.Wide"] },
            new LinearPlan("Logits", 8, 3),
        ]);
        using var model = new PlannedModel(plan, seed: 1);
        model.Save(File, manifest: true);
        string checksum = ChecksumOf(File);
        Assert.Equal(
            $"""
            fpe-manifest 1
            # What the compiler knows of the trained model beside this file. Written by Fpe; do not edit.

            model = Net
            checksum = {checksum}
            expanded = false
            inputs = 6
            countBiases = false
            denseWeights = 64
            expandedWeights = 64

            [Hidden]
            inputs = 6
            outputs = 4
            kind = Linear
            activation = LeakyRelu
            slope = 0.25
            expansion.factor = 2
            expansion.strategy = Clause
            expansion.share = 2
            expansion.outgoing = Prune
            expansion.clauses = 0 2; 1

            [Noise]
            inputs = 4
            outputs = 4
            kind = Dropout

            [Body.3.Wide]
            inputs = 4
            outputs = 4
            kind = Linear
            activation = Relu

            [Both]
            from = Noise, Body.3.Wide
            inputs = 8
            outputs = 8
            kind = Concat

            [Logits]
            inputs = 8
            outputs = 3
            kind = Linear
            activation = Identity

            end

            """.ReplaceLineEndings("\n"),
            System.IO.File.ReadAllText(Manifest));
    }

    [Fact]
    public void Is_written_only_if_asked_for_and_replaced_as_a_whole()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        model.Save(File);
        Assert.False(System.IO.File.Exists(Manifest));
        System.IO.File.WriteAllText(Manifest, new string('x', 10_000));
        model.Save(File, manifest: true);
        Assert.EndsWith("\nend\n", System.IO.File.ReadAllText(Manifest), StringComparison.Ordinal);
        Assert.Equal(2, folder.GetFiles().Length);
    }

    [Theory]
    [InlineData(WeightForm.Sparse)]
    [InlineData(WeightForm.Dense)]
    public void Says_whether_the_model_is_expanded_and_which_file_it_is(WeightForm form)
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        model.Expand();
        model.Save(File, form, manifest: true);
        string text = System.IO.File.ReadAllText(Manifest);
        Assert.Contains("\nexpanded = true\n", text, StringComparison.Ordinal);
        Assert.Contains($"\nchecksum = {ChecksumOf(File)}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_cannot_be_written_is_named()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        Directory.CreateDirectory(Manifest);
        FileAccessException error = Assert.Throws<FileAccessException>(() => model.Save(File, manifest: true));
        Assert.Contains(Manifest, error.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));

        System.IO.File.WriteAllText(File, "as it was");
        Assert.Throws<FileAccessException>(() => model.Save(File, manifest: true));
        Assert.Equal("as it was", System.IO.File.ReadAllText(File));
        Assert.Equal(2, folder.GetFileSystemInfos().Length);
    }

    /// <summary>A manifest that is there would not fit the new file; another file with its name is none of ours.</summary>
    [Fact]
    public void One_that_is_there_is_replaced_with_its_model()
    {
        using PlannedModel one = new(Expansions.Plan("random"), seed: 1), other = new(Expansions.Plan("random"), seed: 2);
        one.Save(File, manifest: true);
        other.Save(File);
        Assert.Contains($"\nchecksum = {ChecksumOf(File)}\n", System.IO.File.ReadAllText(Manifest), StringComparison.Ordinal);

        System.IO.File.WriteAllText(Manifest, "<assembly/>");
        one.Save(File);
        Assert.Equal("<assembly/>", System.IO.File.ReadAllText(Manifest));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string ChecksumOf(string file)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(file);
        return reader.Metadata[FileKeys.Checksum];
    }
}
