using Fpe.Generators.Tests.Support;

namespace Fpe.Generators.Tests.Snapshots;

/// <summary>The emitted files of models that read tokens, sequences and several inputs.</summary>
public sealed class SequenceSnapshots
{
    [Fact]
    public Task An_encoder() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(tokens: 32, vocabulary: 5_000)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Embedding(16, Positions = true)]
            public partial Embedding Words { get; }
            /// <summary>A layer.</summary>
            [LayerNorm]
            public partial LayerNorm FirstNorm { get; }
            /// <summary>A layer.</summary>
            [Linear(48)]
            public partial Linear Queries { get; }
            /// <summary>A layer.</summary>
            [SelfAttention(heads: 4)]
            public partial SelfAttention Attention { get; }
            /// <summary>A layer.</summary>
            [Linear(16)]
            public partial Linear Mixed { get; }
            /// <summary>A layer.</summary>
            [Add(nameof(Words), nameof(Mixed))]
            public partial Add First { get; }
            /// <summary>A layer.</summary>
            [LayerNorm]
            public partial LayerNorm SecondNorm { get; }
            /// <summary>A layer.</summary>
            [Linear(64), Gelu, Expand(4)]
            public partial Linear Wide { get; }
            /// <summary>A layer.</summary>
            [Linear(16)]
            public partial Linear Narrow { get; }
            /// <summary>A layer.</summary>
            [Add(nameof(First), nameof(Narrow))]
            public partial Add Second { get; }
            /// <summary>A layer.</summary>
            [MeanPool]
            public partial MeanPool Mean { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    /// <summary>One convolution keeps the places and their tokens, and the other has fewer, so that its mean is that of all places.</summary>
    [Fact]
    public Task Convolutions_over_words() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(tokens: 32, vocabulary: 5_000)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Embedding(16)]
            public partial Embedding Words { get; }
            /// <summary>A layer.</summary>
            [Conv1d(filters: 24, kernel: 3, Padding = 1), Relu, Expand(2)]
            public partial Conv1d Near { get; }
            /// <summary>A layer.</summary>
            [MeanPool]
            public partial MeanPool Kept { get; }
            /// <summary>A layer.</summary>
            [Conv1d(filters: 8, kernel: 4, Stride = 2, Dilation = 2, Padding = 2, From = nameof(Near)), Gelu]
            public partial Conv1d Far { get; }
            /// <summary>A layer.</summary>
            [MeanPool]
            public partial MeanPool All { get; }
            /// <summary>A layer.</summary>
            [Concat(nameof(Kept), nameof(All))]
            public partial Concat Both { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    /// <summary>A convolution over the places of an image of one row, in groups.</summary>
    [Fact]
    public Task Convolution_over_a_row() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(channels: 4, height: 1, width: 100)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Conv1d(filters: 8, kernel: 5, Groups = 2), Relu]
            public partial Conv1d Filters { get; }
            /// <summary>A layer.</summary>
            [MeanPool]
            public partial MeanPool Mean { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task Bag_with_learned_edges() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model(tokens: 200, vocabulary: 100_000)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [EmbeddingBag(64, Mode = BagMode.Sum)]
            public partial EmbeddingBag Grams { get; }
            /// <summary>A layer.</summary>
            [Linear(32), Relu, Expand(4, Split.Learned)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(1)]
            public partial Linear Logit { get; }
        }
        """);

    [Fact]
    public Task Numbers_and_categories() => ModelSnapshot.Verify("""
        using Fpe;
        namespace Samples;
        /// <summary>A model.</summary>
        [Model]
        public sealed partial class Net
        {
            /// <summary>An input.</summary>
            [Input(numbers: 6)]
            public partial Input Numbers { get; }
            /// <summary>An input.</summary>
            [Input(tokens: 8, vocabulary: 120)]
            public partial Input Categories { get; }
            /// <summary>A layer.</summary>
            [Embedding(4)]
            public partial Embedding Vectors { get; }
            /// <summary>A layer.</summary>
            [Flatten]
            public partial Flatten Flat { get; }
            /// <summary>A layer.</summary>
            [Concat(nameof(Numbers), nameof(Flat))]
            public partial Concat All { get; }
            /// <summary>A layer.</summary>
            [Linear(32), Relu, Expand(2)]
            public partial Linear Hidden { get; }
            /// <summary>A layer.</summary>
            [Linear(3)]
            public partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task An_encoder_of_repeated_blocks() => ModelSnapshot.Verify("""
        using System.Collections.Generic;
        using Fpe;
        namespace Samples;
        /// <summary>A block.</summary>
        [Block(units: 16, places: 32)]
        public sealed partial class EncoderBlock
        {
            /// <summary>A layer.</summary>
            [LayerNorm]
            public partial LayerNorm FirstNorm { get; }
            /// <summary>A layer.</summary>
            [Linear(48)]
            public partial Linear Queries { get; }
            /// <summary>A layer.</summary>
            [SelfAttention(heads: 4)]
            public partial SelfAttention Attention { get; }
            /// <summary>A layer.</summary>
            [Linear(16)]
            public partial Linear Mixed { get; }
            /// <summary>A layer.</summary>
            [Add(BlockAttribute.Input, nameof(Mixed))]
            public partial Add First { get; }
            /// <summary>A layer.</summary>
            [LayerNorm]
            public partial LayerNorm SecondNorm { get; }
            /// <summary>A layer.</summary>
            [Linear(64), Gelu, Expand(4)]
            public partial Linear Wide { get; }
            /// <summary>A layer.</summary>
            [Linear(16)]
            public partial Linear Narrow { get; }
            /// <summary>A layer.</summary>
            [Add(nameof(First), nameof(Narrow))]
            public partial Add Second { get; }
        }
        /// <summary>A model.</summary>
        [Model(tokens: 32, vocabulary: 5_000)]
        public sealed partial class Net
        {
            /// <summary>A layer.</summary>
            [Embedding(16, Positions = true)]
            public partial Embedding Words { get; }
            /// <summary>Blocks.</summary>
            [Repeat(2)]
            public partial IReadOnlyList<EncoderBlock> Blocks { get; }
            /// <summary>A layer.</summary>
            [MeanPool]
            public partial MeanPool Mean { get; }
            /// <summary>A layer.</summary>
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """);
}
