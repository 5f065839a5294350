'use strict';

/* What the page says. It follows the browser's language; answers follow the question's. */
const chinese = navigator.language.startsWith('zh');
const words = chinese
  ? { tagline: '每个回答都附带依据', conversation: '对话', evidence: '依据', send: '发送', ask: '请输入问题', customer: '当前客户：', visitor: '当前身份：访客', why: '查看依据', empty: '回答的依据会显示在这里。', facts: '事实', graph: '图谱', rules: '规则', check: '核对', steps: '耗时', query: '查询', claims: '已核对，全部有据', bad: '没有依据：', none: '无', more: '条未显示', token: '请输入访问令牌', enter: '进入', gone: '服务器没有回应，它还在运行吗？', degraded: '部分系统暂时不可用' }
  : { tagline: 'every answer with its evidence', conversation: 'Conversation', evidence: 'Evidence', send: 'Send', ask: 'Ask something', customer: 'signed in as ', visitor: 'a visitor', why: 'Evidence', empty: 'The evidence of an answer appears here.', facts: 'Facts', graph: 'Graph', rules: 'Rules', check: 'Check', steps: 'Time', query: 'Query', claims: 'checked, all in the facts', bad: 'not in the facts: ', none: 'none', more: 'more', token: 'This server asks for its token', enter: 'Enter', gone: 'The server does not answer. Is it still running?', degraded: 'a part is unavailable for now' };

const paths = chinese
  ? { TEMPLATE: '来自图谱', CYPHER: '来自图谱', PASSAGES: '来自文档', MODEL: '由模型措辞', REFUSAL: '未作答', RULE: '由规则决定' }
  : { TEMPLATE: 'from the graph', CYPHER: 'from the graph', PASSAGES: 'from documents', MODEL: 'worded by the model', REFUSAL: 'not answered', RULE: 'decided by a rule' };
