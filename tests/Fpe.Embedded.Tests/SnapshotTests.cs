using System.Globalization;
using Fpe.Compute;
using Fpe.Embedded.Tests.Support;
using Fpe.EndToEnd.Tests.Support;
using Fpe.Expansion;
using Fpe.Generators.Tests.Support;
using Fpe.Quantization;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Embedded.Tests;

/// <summary>Files as they are written, to be read by people.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void Header_of_a_network_in_bytes()
    {
        using PlannedModel model = TestNetworks.Of("standardised by value");
        using Predictor bytes = model.Quantize(TestNetworks.SamplesOf(model.Plan));
        using var folder = new TemporaryFolder();
        Snapshot.Match(File.ReadAllText(bytes.ExportC(folder.Path).HeaderPath), "h");
    }

    [Fact]
    public void Network_in_bytes()
    {
        using PlannedModel model = TestNetworks.Of("standardised by value");
        using Predictor bytes = model.Quantize(TestNetworks.SamplesOf(model.Plan));
        using var folder = new TemporaryFolder();
        Snapshot.Match(File.ReadAllText(bytes.ExportC(folder.Path).SourcePath), "c");
    }

    [Fact]
    public void Header_of_a_network_in_floating_point()
    {
        using PlannedModel model = TestNetworks.Of("regression");
        using var folder = new TemporaryFolder();
        Snapshot.Match(File.ReadAllText(model.ExportC(folder.Path).HeaderPath), "h");
    }

    [Fact]
    public void Network_in_floating_point()
    {
        using PlannedModel model = TestNetworks.Of("batch norms");
        using var folder = new TemporaryFolder();
        Snapshot.Match(File.ReadAllText(model.ExportC(folder.Path).SourcePath), "c");
    }

    [Theory]
    [InlineData("standardised by value")]
    [InlineData("binary")]
    public void Files_and_reports_do_not_depend_on_the_culture(string name)
    {
        using PlannedModel model = TestNetworks.Of(name);
        using Predictor bytes = model.Quantize(TestNetworks.SamplesOf(model.Plan));
        using var folder = new TemporaryFolder();
        string[] Texts(CExport written) => [File.ReadAllText(written.HeaderPath), File.ReadAllText(written.SourcePath), $"{written with { TableBytes = 12_345 }}"];
        string[] expected = [.. Texts(model.ExportC(folder.Path)), .. Texts(bytes.ExportC(folder.Path))];
        Assert.Contains(expected, text => text.Contains(", -", StringComparison.Ordinal));

        // As in Sweden, whose minus is not the ASCII one.
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NegativeSign, culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = ("\u2212", ",", "\u00a0");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            Assert.Equal("\u22121", (-1).ToString(CultureInfo.CurrentCulture));
            string[] there = [.. Texts(model.ExportC(folder.Path)), .. Texts(bytes.ExportC(folder.Path))];
            Assert.Equal(expected, there);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Shared_partitions_and_learned_edges()
    {
        using var shared = new PlannedModel(Plans.OneHidden(12, 8, 8, new ExpansionPlan(2, Share: 4, Outgoing: Outgoing.Deal), ActivationFunction.Gelu), seed: 1);
        shared.Expand();
        using PlannedModel learned = TestNetworks.Of("learned, very few of many");
        using var folder = new TemporaryFolder();
        Snapshot.Match(File.ReadAllText(shared.ExportC(folder.Path).SourcePath) + "\n" + File.ReadAllText(learned.ExportC(folder.Path).SourcePath), "c");
    }
}
