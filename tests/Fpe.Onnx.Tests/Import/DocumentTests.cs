using System.Reflection;
using System.Text.RegularExpressions;
using Fpe.Checkpoints;
using Fpe.Data;
using Fpe.Onnx.Tests.Import.Documented;

namespace Fpe.Onnx.Tests.Import;

/// <summary>The code of docs/import.md is that of files here, which compile, and prints what the page shows.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Page = Resource("import.md");

    [Fact]
    public void All_code_of_the_page_compiles()
    {
        string[] sources = [.. ((string[])["DocumentedImport", "ImageNet", "RefinedNet", "DeclaredNet"]).Select(name => Plain(Resource($"{name}.cs")))];
        string[] blocks = [.. Fences().Matches(Page).Select(match => match.Groups[1].Value)];
        Assert.Equal(7, blocks.Length);
        Assert.All(blocks, block => Assert.Contains(sources, source => source.Contains(Plain(block), StringComparison.Ordinal)));
    }

    [Fact]
    public void Files_of_PyTorch_are_imported_as_the_page_shows()
    {
        string before = Environment.CurrentDirectory;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");
        try
        {
            foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Files")))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            Environment.CurrentDirectory = folder.FullName;
            RequireShown(DocumentedImport.ImportByShape());
            RequireShown(OnnxImporter.Declare("net.onnx", "DeclaredNet"));
            DocumentedImport.Declare();
            RequireShown(DocumentedImport.ImportOnnx());
            float[] values = [.. Enumerable.Range(0, 64 * 64).Select(i => MathF.Sin(i * i))];
            Assert.Equal(592, DocumentedImport.Refine(Dataset.OfClasses("sines", 64, values, [.. Enumerable.Range(0, 64).Select(s => s % 10)], 10), epochs: 10));
            using var saved = ModelFile.Load<RefinedNet>("refined.safetensors");
            Assert.True(saved.IsExpanded);
        }
        finally
        {
            Environment.CurrentDirectory = before;
            folder.Delete(recursive: true);
        }

        static void RequireShown(string text) => Assert.Contains($"```\n{text.Trim()}\n```", Page, StringComparison.Ordinal);
    }

    private static string Plain(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fences();
}
