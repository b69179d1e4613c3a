using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.EndToEnd.Tests.Support;

/// <summary>
/// The C# code of a document as a source file: its blocks, in their order. Types belong to the whole document, variables to a section or
/// to a block that names a file. What a block needs and the document does not show is in a comment: <c>&lt;!-- csharp</c>, the code, <c>--&gt;</c>.
/// </summary>
internal sealed partial class DocumentCode
{
    private static readonly CSharpParseOptions Latest = new(LanguageVersion.Preview);

    private readonly string page;
    private readonly SortedSet<string> usings = new(StringComparer.Ordinal);
    private readonly StringBuilder types = new();
    private readonly List<StringBuilder> methods = [];

    private DocumentCode(string page) => this.page = page;

    /// <summary>Returns the source file of a document; errors of the compiler name the lines of the document.</summary>
    /// <param name="page">The document, as messages name it.</param>
    /// <param name="text">Its content.</param>
    /// <param name="context">What the first section needs and the document does not show; null for nothing.</param>
    public static string Of(string page, string text, string? context = null)
    {
        var code = new DocumentCode(page);
        bool newScope = context is null;
        if (context is not null)
        {
            code.methods.Add(new StringBuilder());
            code.Add(context, firstLine: 1);
        }

        foreach (Match part in Parts().Matches(text.ReplaceLineEndings("\n")))
        {
            newScope |= part.Groups["section"].Success || part.Groups["file"].Success;
            if (part.Groups["code"] is not { Success: true } block)
                continue;
            if (newScope)
                code.methods.Add(new StringBuilder());
            newScope = false;
            code.Add(block.Value, firstLine: 1 + text.AsSpan(0, block.Index).Count('\n'));
        }

        return code.ToString();
    }

    public override string ToString()
    {
        var file = new StringBuilder();
        foreach (string directive in usings)
            file.AppendLine(directive);
        file.AppendLine($"namespace Pages.{NoLetters().Replace(page, "_")};").Append(types).AppendLine("internal static class Program").AppendLine("{");
        for (int i = 0; i < methods.Count; i++)
            file.AppendLine($"public static async Task<object?> Part{i}(string[] args)").AppendLine("{").Append(methods[i]).AppendLine("return null;").AppendLine("}");
        return file.AppendLine("}").ToString();
    }

    private void Add(string block, int firstLine)
    {
        CompilationUnitSyntax unit = CSharpSyntaxTree.ParseText(block, Latest).GetCompilationUnitRoot();
        usings.UnionWith(unit.Usings.Select(directive => directive.ToString()));
        foreach (MemberDeclarationSyntax member in unit.Members.SelectMany(Flatten))
        {
            int line = firstLine + member.GetLocation().GetLineSpan().StartLinePosition.Line;
            (member is GlobalStatementSyntax ? methods[^1] : types).Append('\n').AppendLine($"#line {line} \"{page}\"").AppendLine(member.ToString()).AppendLine("#line default");
        }
    }

    private static IEnumerable<MemberDeclarationSyntax> Flatten(MemberDeclarationSyntax member) =>
        member is BaseNamespaceDeclarationSyntax space ? space.Members : [member];

    [GeneratedRegex(@"^(?<section>##) |^```csharp(?<file> file=\S+)?\n(?<code>.*?)^```$|^<!-- csharp\n(?<code>.*?)^-->$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex NoLetters();
}
