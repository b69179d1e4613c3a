using Fpe.Generators.Tests.Support;

namespace Fpe.Generators.Tests.Snapshots;

/// <summary>The emitted file of a model whose trained weights are in the assembly.</summary>
public sealed class EmbeddedSnapshots
{
    private const string Source = """
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(inputs: 4)]
        public sealed partial class Net<T>
        {
            /// <summary>A layer.</summary>
            [Linear(2)]
            public partial Linear Logits { get; }
        }
        """;

    [Fact]
    public Task Trained() => ModelSnapshot.Verify(Source, AdditionalFile.Embedded("a \"b\" & c.safetensors", """
        fpe-manifest 1
        model = Net
        checksum = 0123abcd
        expanded = false
        inputs = 4
        denseWeights = 8
        [Logits]
        inputs = 4
        outputs = 2
        kind = Linear
        activation = Identity
        end
        """));
}
