using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.ML;

namespace Fpe.ML.Tests.Documented;

/// <summary>The code on the pages about ML.NET is compiled here, and runs.</summary>
public sealed class DocumentedCodeTests : IDisposable
{
    private static readonly string[] Districts = ["harbour", "centre", "hill", "garden"];
    private static readonly string Folder = Path.GetDirectoryName(ThisFile())!;
    private static readonly string Root = Path.Combine(Folder, "..", "..", "..");

    private readonly string folder = Directory.CreateTempSubdirectory("fpe-ml-").FullName;

    [Theory]
    [InlineData("docs/mlnet.md", 5)]
    [InlineData("src/Fpe.ML/README.md", 2)]
    public void The_code_of_a_page_is_that_of_these_tests(string page, int blocks)
    {
        string[][] sources = [.. Directory.GetFiles(Folder, "*.cs").Select(Lines)];
        string[][] code = [.. CodeOf(File.ReadAllText(Path.Combine(Root, page)))];
        Assert.Equal(blocks, code.Length);
        foreach (string[] block in code)
        {
            Assert.All(block.Where(IsUsing), line => Assert.Contains(sources, source => source.Contains(line)));
            string[] rest = [.. block.Where(line => !IsUsing(line))];
            Assert.True(sources.Any(source => Contains(source, rest)), $"{page} has code that is in no file of {Folder}:\n{string.Join('\n', block)}");
        }
    }

    [Fact]
    public void The_code_of_the_page_trains_evaluates_saves_loads_and_predicts()
    {
        (string path, string file) = (Path.Combine(folder, "flats.csv"), Path.Combine(folder, "model.zip"));
        WriteFlats(path);
        Assert.InRange(FlatProgram.Train(path, file), 0.8, 1);

        FlatAnswer answer = FlatProgram.Predict(file);
        Assert.Equal("fair", answer.Answer);
        Assert.Equal(1, answer.Score.Sum(), 1e-5f);
    }

    [Fact]
    public void The_code_of_the_package_s_README_trains_saves_and_loads()
    {
        // It writes to the current folder.
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder;
        try
        {
            ReadmeProgram.Train(Digits.View(new MLContext(), Digits.Train));
            using var loaded = (IDisposable)ReadmeProgram.Load();
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>A flat is dear by its size and its district; the number of rooms of every tenth is missing.</summary>
    private static void WriteFlats(string path)
    {
        var random = new Random(1);
        File.WriteAllLines(path, Enumerable.Range(0, 500).Select(row =>
        {
            (int size, int district) = (random.Next(20, 140), random.Next(4));
            int worth = size + (district * 20);
            string rooms = row % 10 == 9 ? "" : (size / 25).ToString(CultureInfo.InvariantCulture);
            return FormattableString.Invariant($"{size},{rooms},{Districts[district]},{(worth < 70 ? "cheap" : worth < 140 ? "fair" : "dear")}");
        }).Prepend("size,rooms,district,label"));
    }

    private static IEnumerable<string[]> CodeOf(string page)
    {
        string[] parts = page.ReplaceLineEndings("\n").Split("```");
        for (int part = 1; part < parts.Length; part += 2)
        {
            if (parts[part].StartsWith("csharp\n", StringComparison.Ordinal))
                yield return [.. Trimmed(parts[part]["csharp\n".Length..])];
        }
    }

    private static string[] Lines(string file) => [.. Trimmed(File.ReadAllText(file))];

    private static IEnumerable<string> Trimmed(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    private static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=', StringComparison.Ordinal);

    private static bool Contains(string[] source, string[] block) =>
        Enumerable.Range(0, Math.Max(0, source.Length - block.Length + 1)).Any(start => source.AsSpan(start, block.Length).SequenceEqual(block));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
