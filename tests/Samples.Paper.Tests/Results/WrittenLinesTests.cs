using System.Text;
using System.Text.Json;
using Fpe.Cli.Results;
using Samples.Paper.Results;

namespace Samples.Paper.Tests.Results;

/// <summary>Lines are read quickly if they are as this version writes them, and never in another way than by the serializer.</summary>
public class WrittenLinesTests
{
    private static readonly RunResult[] Results =
    [
        MadeUp.Of(MadeUp.Boolean, Variant.Dense, seed: 0, 77.7),
        MadeUp.Of(MadeUp.Fashion with { Data = "a" }, MadeUp.Expanded(Method.Random) with { Within = 8, Share = 4, Outgoing = Outgoing.Deal, WeightRatio = 1.5 }, seed: long.MaxValue, 1e-7),
        MadeUp.Diverged(MadeUp.Fashion, MadeUp.Expanded(Method.Feature), seed: -1),
        WithEverything(),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Results.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void A_written_line_is_read(int index)
    {
        byte[] line = LineOf(Results[index]);
        (string key, RunResult result) = new WrittenLines(keepsLosses: true).Read(line)!.Value;
        Assert.Equal(Results[index].Configuration, result.Configuration);
        Assert.Equal((Results[index].Configuration.Key, Encoding.UTF8.GetString(line)), (key, Text(result)));

        (_, RunResult without) = new WrittenLines(keepsLosses: false).Read(line)!.Value;
        Assert.Equal(Text(Results[index] with { Loss = [] }), Text(without));
    }

    [Fact]
    public void Runs_of_a_setting_share_it()
    {
        var lines = new WrittenLines(keepsLosses: false);
        RunResult[] read = [.. Enumerable.Range(0, 3).Select(seed => lines.Read(LineOf(MadeUp.Of(MadeUp.Boolean, Variant.Dense, seed, 80)))!.Value.Result)];
        Assert.Equal([0L, 1, 2], read.Select(result => result.Configuration.Seed));
        Assert.All(read, result => Assert.Same(read[0].Configuration.Setting, result.Configuration.Setting));
        Assert.All(read, result => Assert.Same(read[0].Configuration.Variant, result.Configuration.Variant));
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void A_changed_line_is_read_as_the_serializer_reads_it(int index)
    {
        byte[] line = LineOf(Results[index]);
        foreach (byte other in "0-.eE,:}]{[\" x\n\\"u8)
        {
            for (int position = 0; position < line.Length; position++)
            {
                AssertSame([.. line[..position], other, .. line[(position + 1)..]]);
                AssertSame([.. line[..position], other, .. line[position..]]);
            }
        }

        for (int position = 0; position < line.Length; position++)
        {
            AssertSame(line[..position]);
            AssertSame([.. line[..position], .. line[(position + 1)..]]);
        }
    }

    [Theory]
    [InlineData("[0.7", "[1e99999999999")]
    [InlineData("[0.7", "[1e999")]
    [InlineData("[0.7", "[-1E-999")]
    [InlineData("[0.7", "[null")]
    [InlineData("[0.7", "[\"NaN\"")]
    [InlineData("[0.7", "[{}")]
    [InlineData("[0.7", "[[0.7]")]
    [InlineData("\"seconds\":1.5", "\"seconds\":1.5,\"seconds\":1.5")]
    [InlineData("\"seconds\":1.5", "\"seconds\":1.5,\"more\":1")]
    [InlineData("\"seconds\":1.5", "\"seconds\":null")]
    [InlineData(",\"seconds\":1.5", "")]
    [InlineData("\"unusedInputs\":0", "\"unusedInputs\":0,\"unusedInputs\":0")]
    [InlineData("\"unusedInputs\":0", "\"unusedInputs\":3000000000")]
    [InlineData("\"measurement\":{", "\"measurement\":null,\"measurement\":{")]
    [InlineData("\"denseWeights\":200,\"denseBiases\":9", "\"denseBiases\":9,\"denseWeights\":200")]
    [InlineData("\"experiment\":\"boolean\"", "\"experiment\":null")]
    [InlineData("\"experiment\":\"boolean\"", "\"experiment\":\"bool\\u0065an\"")]
    [InlineData("\"key\":\"boolean", "\"key\":\"bool\\u0065an")]
    [InlineData("\"key\":\"boolean", "\"key\":\"boolean ")]
    [InlineData("\"method\":\"Dense\"", "\"method\":\"Nothing\"")]
    [InlineData("\"method\":\"Dense\"", "\"method\":0")]
    [InlineData("\"method\":\"Dense\"", "\"method\":99")]
    [InlineData("\"method\":\"Dense\"", "\"method\":\"99\"")]
    [InlineData("\"outgoing\":\"Prune\"", "\"outgoing\":99")]
    [InlineData("\"seconds\":1.5", "\"secon\\ud800\":1.5")]
    [InlineData("\"seed\":0", "\"seed\":0.0")]
    [InlineData("\"seed\":0", " \"seed\" : 0 ")]
    public void Other_forms_are_read_as_the_serializer_reads_them(string field, string other)
    {
        string text = Text(Results[0]);
        Assert.Contains(field, text, StringComparison.Ordinal);
        AssertSame(Encoding.UTF8.GetBytes(text.Replace(field, other, StringComparison.Ordinal)));
        AssertSame(Encoding.UTF8.GetBytes(text.Replace(field, other, StringComparison.Ordinal) + "\r"));
        AssertSame(Encoding.UTF8.GetBytes(text + other));
    }

    [Fact]
    public void The_format_reads_what_is_written_in_another_form()
    {
        string text = Text(Results[0]);
        byte[] spaced = Encoding.UTF8.GetBytes(text.Replace(",", ", ", StringComparison.Ordinal).Replace("\"loss\": [0.7", "\"loss\": [0.70", StringComparison.Ordinal));
        Assert.Equal(text, Text(RunResultFormat.Instance.Read(spaced).Result));
        byte[] reversed = Encoding.UTF8.GetBytes(text.Replace("\"weights\":200,\"biases\":17", "\"biases\":17,\"weights\":200", StringComparison.Ordinal));
        Assert.Null(new WrittenLines(keepsLosses: true).Read(reversed));
        Assert.Equal(text, Text(RunResultFormat.Instance.Read(reversed).Result));
        Assert.Empty(RunResultFormat.WithoutLosses.Read(reversed).Result.Loss);
        Assert.Throws<JsonException>(() => RunResultFormat.WithoutLosses.Read(Encoding.UTF8.GetBytes(text.Replace("[0.7", "[null", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("\"method\":\"Dense\"", "\"method\":99")]
    [InlineData("\"method\":\"Dense\"", "\"method\":\"99\"")]
    [InlineData("\"outgoing\":\"Prune\"", "\"outgoing\":99")]
    [InlineData("\"seconds\":1.5", "\"secon\\ud800\":1.5")]
    public void A_line_that_is_no_result_is_refused(string field, string other)
    {
        byte[] line = Encoding.UTF8.GetBytes(Text(Results[0]).Replace(field, other, StringComparison.Ordinal));
        Assert.Throws<JsonException>(() => RunResultFormat.WithoutLosses.Read(line));
    }

    [Fact]
    public void A_run_has_either_a_measurement_or_a_divergence()
    {
        foreach (RunResult run in new[] { Results[0] with { Measurement = null }, Results[0] with { Divergence = new Divergence(3, 7) } })
        {
            var error = Assert.Throws<JsonException>(() => RunResultFormat.Instance.Read(Encoding.UTF8.GetBytes(Text(run))));
            Assert.Equal("a run has either a measurement or a divergence.", error.Message);
        }
    }

    private static void AssertSame(byte[] line)
    {
        foreach (bool keepsLosses in (bool[])[true, false])
        {
            if (new WrittenLines(keepsLosses).Read(line) is not var (key, result))
                continue;
            ResultLine expected = JsonSerializer.Deserialize(line, ResultsJson.Default.ResultLine)!;
            RunResult other = keepsLosses ? expected.Result : expected.Result with { Loss = [] };
            Assert.Equal((expected.Key, expected.Result.Configuration.Key), (key, key));
            // Infinity, which is what too large a number becomes, cannot be written.
            Assert.Equal(other.Loss, result.Loss);
            Assert.Equal(Text(other with { Loss = [] }), Text(result with { Loss = [] }));
        }
    }

    private static RunResult WithEverything()
    {
        RunResult run = MadeUp.Of(MadeUp.Boolean, MadeUp.Expanded(Method.Clause), seed: 3, 90);
        return run with
        {
            Measurement = run.Measurement! with
            {
                Clauses = new ClauseMeasures { Covered = 7, ExpectedCovered = 7.2, Collisions = 3, ExpectedCollisions = 3.1 },
                Pictures = new LayerPictures(MatrixPicture.Of([1, -2], 1, 2), MatrixPicture.Of([1, -2, -2, 4], 2, 2)),
            },
        };
    }

    private static byte[] LineOf(RunResult result) => RunResultFormat.Instance.Write(result)[..^1];

    private static string Text(RunResult result) => Encoding.UTF8.GetString(LineOf(result));
}
