using Fpe.EndToEnd.Tests.Support;

namespace Fpe.Torch.Tests;

/// <summary>The code that pages about this package show.</summary>
public sealed class DocumentTests
{
    private static readonly string[] Pages = ["docs/torchsharp.md", "src/Fpe.TorchSharp/README.md"];

    /// <summary>What the code of the package's page needs and does not show. Sites of packages show comments, so it cannot stand there.</summary>
    private static readonly Dictionary<string, string> Contexts = new(StringComparer.Ordinal)
    {
        ["src/Fpe.TorchSharp/README.md"] = """
            using Fpe;

            [Model(inputs: 64)]
            public sealed partial class DigitsNet
            {
                [Linear(4), Relu, Expand(factor: 4)]
                public partial Linear Hidden { get; }

                [Linear(10)]
                public partial Linear Logits { get; }
            }

            """,
    };

    [Fact]
    public void Code_of_documents_compiles()
    {
        CommandResult built = DocumentProject.Build(Pages, Contexts, library => library is "Fpe.Dsl" or "Fpe.Runtime" or "Fpe.TorchSharp" or "TorchSharp");
        Assert.True(built.ExitCode == 0, built.ToString());
    }
}
