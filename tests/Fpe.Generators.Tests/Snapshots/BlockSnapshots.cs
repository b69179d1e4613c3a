using Fpe.Generators.Tests.Support;

namespace Fpe.Generators.Tests.Snapshots;

/// <summary>Both halves: that of the block, and that of the model that uses it.</summary>
public sealed class BlockSnapshots
{
    private const string Residual = """
        using System.Collections.Generic;
        using Fpe;
        namespace Samples;

        /// <summary>A residual block.</summary>
        [Block(inputs: 16)]
        public sealed partial class Residual
        {
            /// <summary>Norm.</summary>
            [LayerNorm] public partial LayerNorm Norm { get; }
            /// <summary>Wide.</summary>
            [Linear(32), Gelu, Expand(factor: 2)] public partial Linear Wide { get; }
            /// <summary>Narrow.</summary>
            [Linear(16), Expand(factor: 1)] public partial Linear Narrow { get; }
            /// <summary>Sum.</summary>
            [Add(BlockAttribute.Input, nameof(Narrow))] public partial Add Sum { get; }
        }

        """;

    [Fact]
    public Task Repeated() => ModelSnapshot.Verify(Residual + """
        /// <summary>The model.</summary>
        [Model(inputs: 64)]
        public sealed partial class Net
        {
            /// <summary>Stem.</summary>
            [Linear(16)] public partial Linear Stem { get; }
            /// <summary>Blocks.</summary>
            [Repeat(3)] public partial IReadOnlyList<Residual> Blocks { get; }
            /// <summary>Logits.</summary>
            [Linear(10)] public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Nested_in_branches() => ModelSnapshot.Verify(Residual + """
        /// <summary>Two blocks.</summary>
        [Block(inputs: 16), Expand(factor: 2, Outgoing = Outgoing.Deal)]
        internal sealed partial class Pair
        {
            /// <summary>Two.</summary>
            [Repeat(2)] internal partial IReadOnlyList<Residual> Two { get; }
            /// <summary>Model.</summary>
            [Linear(16), Relu] internal partial Linear @model { get; }
        }

        /// <summary>The model.</summary>
        [Model(inputs: 16)]
        internal sealed partial class Net
        {
            /// <summary>Left.</summary>
            internal partial Pair Left { get; }
            /// <summary>Right.</summary>
            [Use(From = ModelAttribute.Sample)] internal partial Residual Right { get; }
            /// <summary>Both.</summary>
            [Concat(nameof(Left), nameof(Right))] internal partial Concat Both { get; }
            /// <summary>Logits.</summary>
            [Linear(10)] internal partial Linear Logits { get; }
            /// <summary>The first of them, written by hand.</summary>
            internal Residual First => Left.Two[0];
        }
        """);

    [Fact]
    public Task Images_with_learned_edges() => ModelSnapshot.Verify("""
        using System.Collections.Generic;
        using Fpe;
        namespace Samples;

        /// <summary>A convolutional block.</summary>
        [Block(channels: 4, height: 8, width: 8)]
        public sealed partial class Skip
        {
            /// <summary>Edges.</summary>
            [Conv2d(filters: 4, kernel: 3, Padding = 1), Relu] public partial Conv2d Edges { get; }
            /// <summary>Sum.</summary>
            [Add(BlockAttribute.Input, nameof(Edges))] public partial Add Sum { get; }
        }

        /// <summary>The model.</summary>
        [Model(channels: 4, height: 8, width: 8)]
        public sealed partial class Net
        {
            /// <summary>Skips.</summary>
            [Repeat(2, From = ModelAttribute.Sample)] public partial IReadOnlyList<Skip> Skips { get; }
            /// <summary>Features.</summary>
            [GlobalAvgPool2d] public partial GlobalAvgPool2d Features { get; }
            /// <summary>Head.</summary>
            public partial Head Head { get; }
        }

        /// <summary>The outputs.</summary>
        [Block(Width), Expand(factor: 4, strategy: Split.Learned)]
        public sealed partial class Head
        {
            private const int Width = 4;
            /// <summary>Hidden.</summary>
            [Linear(2 * Width), Relu] public partial Linear Hidden { get; }
            /// <summary>Logits.</summary>
            [Linear(10)] public partial Linear Logits { get; }
        }
        """);
}
