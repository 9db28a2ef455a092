//! What is answered to a client: which tools there are, and what a call of one says.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};
use serde_json::Value;
use tokio::sync::oneshot;

use super::calls::{Call, Said};
use super::catalog::Tool;

/// Commands that only look, by the last word of their names.
const LOOKS: [&str; 18] = [
    "ready", "list", "show", "search", "thread", "sent", "dead", "who", "check", "context", "stats", "history", "log",
    "preview", "tree", "graph", "get", "stores",
];

const INSTRUCTIONS: &str = "\
Begin with `context`: issues that can be begun, unread mail, reservations of files, memories. Reserve paths before \
changing files that others may change, and release them after it. A refusal says who holds them and until when.";

/// The server of one conversation.
pub(super) struct Server {
    tools: Arc<[Tool]>,
    /// Who acts where a call does not say it.
    name: Option<String>,
    queue: Sender<Call>,
}

impl Server {
    pub(super) fn new(tools: Vec<Tool>, name: Option<String>, queue: Sender<Call>) -> Self {
        Self { tools: tools.into(), name, queue }
    }

    /// The call that is asked for; what is wrong with it is for the model to read.
    async fn call(&self, tool: &Tool, request: CallToolRequestParams, context: RequestContext<RoleServer>) -> Said {
        let mut arguments = request.arguments.unwrap_or_default();
        if let Some(name) = &self.name
            && tool.takes("as")
        {
            arguments.entry("as").or_insert_with(|| Value::from(name.as_str()));
        }
        let wrong = |text: String| Said { text, warnings: String::new(), failed: true };
        let line = match tool.command_line(&arguments) {
            Ok(line) => line,
            Err(why) => return wrong(why),
        };
        let (answer, said) = oneshot::channel();
        let call = Call { line, cancelled: context.ct, answer };
        let queued = self.queue.send(call).is_ok();
        match said.await {
            Ok(said) if queued => said,
            Ok(_) | Err(_) => wrong("the call was cancelled before it began".into()),
        }
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("agntz", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.tools.iter().map(described).collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = self.tools.iter().find(|tool| tool.name == *request.name) else {
            return Err(ErrorData::invalid_params(format!("there is no tool `{}`", request.name), None));
        };
        let said = self.call(tool, request, context).await;
        let mut content = vec![ContentBlock::text(said.text)];
        if !said.warnings.is_empty() {
            content.push(ContentBlock::text(said.warnings));
        }
        Ok(if said.failed { CallToolResult::error(content) } else { CallToolResult::success(content) }.into())
    }
}

fn described(tool: &Tool) -> rmcp::model::Tool {
    let looks = tool.name.rsplit('_').next().is_some_and(|verb| LOOKS.contains(&verb));
    rmcp::model::Tool::new(tool.name.clone(), tool.description.clone(), tool.schema.clone())
        .with_annotations(ToolAnnotations::new().read_only(looks).open_world(false))
}
